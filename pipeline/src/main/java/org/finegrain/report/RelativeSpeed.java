package org.finegrain.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The speed of a row's trainings relative to that of another row on the same dataset. Only speeds
 * of runs under equal circumstances are compared: the same kind of machine, executors, replicas and
 * version of the code.
 *
 * @param ratio the median of the row's images per second divided by the other's; empty where they
 *     cannot be compared
 * @param reason why they cannot be compared; empty where they can
 */
record RelativeSpeed(OptionalDouble ratio, String reason) {
  /** A circumstance that must be equal. */
  private record Circumstance(String words, Function<RunCircumstances, Optional<?>> value) {}

  private static final List<Circumstance> CIRCUMSTANCES =
      List.of(
          new Circumstance("machines", RunCircumstances::machine),
          new Circumstance("executors", RunCircumstances::executors),
          new Circumstance("replicas", RunCircumstances::replicas),
          new Circumstance("code version", RunCircumstances::codeVersion));

  /** Compares the speed of two rows on one dataset. */
  static RelativeSpeed of(SeedGroup row, SeedGroup other) {
    List<Trial> runs = Stream.concat(timed(row).stream(), timed(other).stream()).toList();
    if (timed(row).isEmpty() || timed(other).isEmpty()) {
      return unknown("no speed");
    }
    for (Circumstance circumstance : CIRCUMSTANCES) {
      List<Optional<?>> values =
          runs.stream()
              .map(trial -> circumstance.value().apply(trial.circumstances()))
              .<Optional<?>>map(value -> value)
              .distinct()
              .toList();
      if (values.size() > 1) {
        return unknown("other " + circumstance.words());
      }
      if (values.get(0).isEmpty()) {
        return unknown(circumstance.words() + " not known");
      }
    }
    return new RelativeSpeed(OptionalDouble.of(median(timed(row)) / median(timed(other))), "");
  }

  /** Returns the median of a row's images per second on one dataset; null where none is known. */
  static Double medianOf(SeedGroup row) {
    return timed(row).isEmpty() ? null : median(timed(row));
  }

  private static RelativeSpeed unknown(String reason) {
    return new RelativeSpeed(OptionalDouble.empty(), reason);
  }

  private static List<Trial> timed(SeedGroup group) {
    return group.scored().stream()
        .filter(trial -> trial.outcome().isPresent())
        .filter(trial -> trial.outcome().get().imagesPerSecond() > 0)
        .toList();
  }

  private static double median(List<Trial> runs) {
    return new Median()
        .evaluate(
            runs.stream()
                .mapToDouble(trial -> trial.outcome().orElseThrow().imagesPerSecond())
                .toArray());
  }
}
