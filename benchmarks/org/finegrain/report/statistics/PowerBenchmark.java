package org.finegrain.report.statistics;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Draws made-up columns of five rows; {@code benchmarks/power --help} says more. */
public final class PowerBenchmark {
  private static final List<SimulatedColumn> REQUIRED =
      List.of(
          SimulatedColumn.ONE_AHEAD,
          SimulatedColumn.ALL_EQUAL,
          SimulatedColumn.TWO_AHEAD,
          SimulatedColumn.TWO_AHEAD_UNSTEADY);

  /** Columns that are harder than those the design was made for. */
  private static final List<SimulatedColumn> HARDER =
      List.of(
          ahead("two tied far ahead, spreads 0.3 and 0.2", 0.3, 0.3),
          ahead("two tied far ahead, spreads 0.4 and 0.2", 0.4, 0.4),
          ahead("two tied far ahead, spreads 0.6 and 0.2", 0.6, 0.6),
          ahead("two tied far ahead, one spreads 0.6, the others 0.2", 0.6, 0.2),
          ahead("two tied far ahead, one spreads 0.8, the others 0.2", 0.8, 0.2));

  private PowerBenchmark() {}

  private static SimulatedColumn ahead(String name, double first, double second) {
    return SimulatedColumn.of(name, 85, 85, 76, 76, 76, first, second, 0.2, 0.2, 0.2);
  }

  public static void main(String[] args) {
    int draws = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    System.out.println("column,seeds,bold,underlined,welch,standard_error_of_bold");
    for (List<SimulatedColumn> columns : List.of(REQUIRED, HARDER)) {
      for (SimulatedColumn column : columns) {
        for (int seeds : new int[] {3, 5}) {
          SimulatedColumn.Shares shares = column.draw(draws, seeds, new SplittableRandom(seed));
          System.out.printf(
              Locale.ROOT,
              "\"%s\",%d,%.4f,%.4f,%.4f,%.4f%n",
              column.name(),
              seeds,
              shares.bold(),
              shares.underlined(),
              shares.welch(),
              Math.sqrt(shares.bold() * (1 - shares.bold()) / draws));
        }
      }
    }
  }
}
