package org.finegrain.doctor;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The processes of an application.
 *
 * @param executors that answered; none where the driver does the work itself
 * @param silence why no more did, as far as Spark says; else empty
 */
record Jvms(Jvm driver, List<Jvm> executors, String silence) {
  private static final int ROUNDS = 5;

  /** Longer than executors may take to register where nothing is wrong. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * @param expected number of executors; asks again while fewer have answered
   */
  static Jvms observe(JavaSparkContext spark, int expected, Duration patience) {
    Jvm driver = Jvm.current();
    if (spark.isLocal()) {
      return new Jvms(driver, List.of(), "");
    }
    SortedMap<String, Jvm> answers = new TreeMap<>();
    String silence = "";
    for (int i = 0; i < ROUNDS && answers.size() < expected && silence.isEmpty(); i++) {
      try {
        ask(spark, expected, patience).forEach(jvm -> answers.put(jvm.id(), jvm));
      } catch (TimeoutException e) {
        silence = String.format(Locale.ROOT, "none within %d seconds", patience.toSeconds());
      } catch (ExecutionException e) {
        silence = String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        silence = "interrupted";
      }
    }
    return new Jvms(driver, List.copyOf(answers.values()), silence);
  }

  private static List<Jvm> ask(JavaSparkContext spark, int expected, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    int tasks = Math.max(spark.defaultParallelism(), expected);
    JavaFutureAction<List<Jvm>> answer =
        spark
            .parallelize(Collections.nCopies(tasks, 0), tasks)
            .mapPartitions(new Observe())
            .collectAsync();
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true); // nothing, once it has answered
    }
  }

  List<Jvm> all() {
    return Stream.concat(Stream.of(driver), executors.stream()).toList();
  }

  /** Those that compute. */
  List<Jvm> workers() {
    return executors.isEmpty() ? List.of(driver) : executors;
  }

  /** {@code 4 on the driver and 2 executors}, where all have the same. */
  String everywhere(String value) {
    return executors.isEmpty()
        ? value
        : String.format(
            Locale.ROOT,
            "%s on the driver and %d %s",
            value,
            executors.size(),
            executors.size() == 1 ? "executor" : "executors");
  }

  /** {@code 8 on the driver, 11 on executor 0 (host)}: of those that match; empty if none does. */
  Optional<String> where(Predicate<Jvm> wrong, Function<Jvm, String> value) {
    String places =
        all().stream()
            .filter(wrong)
            .map(jvm -> value.apply(jvm) + " on " + jvm.place())
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? Optional.empty() : Optional.of(places);
  }
}
