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
 * The processes of an application: its driver and its executors.
 *
 * @param executors the executors that answered; none where the driver does the work itself
 * @param whyMissing why further executors did not answer, where Spark gives a reason; else empty
 */
record Jvms(Jvm driver, List<Jvm> executors, String whyMissing) {
  private static final int ROUNDS = 5;

  /**
   * The time to wait for answers, longer than executors take to register where nothing is wrong.
   */
  static final Duration TIMEOUT = Duration.ofMinutes(3);

  /**
   * Asks the driver and all executors to describe themselves.
   *
   * @param expected the number of executors; they are asked again while fewer have answered
   * @param timeout the longest wait for the answers of one round
   */
  static Jvms ask(JavaSparkContext spark, int expected, Duration timeout) {
    Jvm driver = Jvm.current();
    if (spark.isLocal()) {
      return new Jvms(driver, List.of(), "");
    }
    SortedMap<String, Jvm> answers = new TreeMap<>();
    String whyMissing = "";
    for (int i = 0; i < ROUNDS && answers.size() < expected && whyMissing.isEmpty(); i++) {
      try {
        answers(spark, expected, timeout).forEach(jvm -> answers.put(jvm.id(), jvm));
      } catch (TimeoutException e) {
        whyMissing = String.format(Locale.ROOT, "no answer within %d seconds", timeout.toSeconds());
      } catch (ExecutionException e) {
        whyMissing = String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        whyMissing = "interrupted";
      }
    }
    return new Jvms(driver, List.copyOf(answers.values()), whyMissing);
  }

  private static List<Jvm> answers(JavaSparkContext spark, int expected, Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    int tasks = Math.max(spark.defaultParallelism(), expected);
    JavaFutureAction<List<Jvm>> answer =
        spark
            .parallelize(Collections.nCopies(tasks, 0), tasks)
            .mapPartitions(new DescribeJvm())
            .collectAsync();
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true); // does nothing to a job that has ended
    }
  }

  private List<Jvm> all() {
    return Stream.concat(Stream.of(driver), executors.stream()).toList();
  }

  /** Returns the processes that compute: the executors, or the driver where it has none. */
  List<Jvm> workers() {
    return executors.isEmpty() ? List.of(driver) : executors;
  }

  /**
   * Returns a text for a value that all processes have, such as {@code 4 on the driver and 2
   * executors}.
   */
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

  /**
   * Returns the values of the processes that {@code wrong} selects, each with its place, such as
   * {@code 8 on the driver, 11 on executor 0 (host)}; empty if it selects none.
   */
  Optional<String> where(Predicate<Jvm> wrong, Function<Jvm, String> value) {
    String places =
        all().stream()
            .filter(wrong)
            .map(jvm -> value.apply(jvm) + " on " + jvm.place())
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? Optional.empty() : Optional.of(places);
  }
}
