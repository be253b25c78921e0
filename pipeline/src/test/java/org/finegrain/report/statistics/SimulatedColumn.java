package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up column of five rows, drawn again and again, to see how often a row is set apart.
 *
 * @param name the words for it
 * @param accuracies the mean accuracy of each row, in percent
 * @param spreads the standard deviation over seeds of each row, in points
 */
record SimulatedColumn(String name, List<Double> accuracies, List<Double> spreads) {
  /** The number of test images of CUB-200-2011. */
  static final int IMAGES = 5794;

  static final SimulatedColumn ONE_AHEAD =
      of("one ahead by a point", 85, 84, 84, 84, 84, 0.4, 0.4, 0.4, 0.4, 0.4);
  static final SimulatedColumn ALL_EQUAL =
      of("all equal", 85, 85, 85, 85, 85, 0.4, 0.4, 0.4, 0.4, 0.4);
  static final SimulatedColumn TWO_AHEAD =
      of("two tied far ahead", 85, 85, 76, 76, 76, 0.4, 0.4, 0.4, 0.4, 0.4);
  static final SimulatedColumn TWO_AHEAD_UNSTEADY =
      of("two tied far ahead, spreads 0.8 and 0.2", 85, 85, 76, 76, 76, 0.8, 0.8, 0.2, 0.2, 0.2);

  /** Makes a column of five accuracies followed by five spreads. */
  static SimulatedColumn of(String name, double... numbers) {
    List<Double> all = new ArrayList<>();
    for (double number : numbers) {
      all.add(number);
    }
    return new SimulatedColumn(name, all.subList(0, 5), all.subList(5, 10));
  }

  /**
   * The shares of draws in which something was set apart.
   *
   * @param bold those with a bold row
   * @param underlined those with an underlined row
   * @param welch those in which the two leading rows were compared by Welch's test
   */
  record Shares(double bold, double underlined, double welch) {}

  /** Draws the column and counts. */
  Shares draw(int draws, int seeds, SplittableRandom random) {
    List<SimulatedRow> rows = rows();
    int bold = 0;
    int underlined = 0;
    int welch = 0;
    for (int draw = 0; draw < draws; draw++) {
      Ranking ranking = Ranking.of(layout(rows, seeds, random));
      bold += ranking.best().isPresent() ? 1 : 0;
      underlined += ranking.second().isPresent() ? 1 : 0;
      welch += ranking.leadersVariance() == SeedComparison.Variance.WELCH ? 1 : 0;
    }
    return new Shares((double) bold / draws, (double) underlined / draws, (double) welch / draws);
  }

  /** Makes the rows. Half of the smallest variance comes from single images, in every row. */
  private List<SimulatedRow> rows() {
    double ofImages = Collections.min(spreads) / 100 / Math.sqrt(2);
    List<SimulatedRow> rows = new ArrayList<>();
    for (int row = 0; row < accuracies.size(); row++) {
      rows.add(
          new SimulatedRow(accuracies.get(row) / 100, spreads.get(row) / 100, ofImages, IMAGES));
    }
    return rows;
  }

  private static OneWayLayout layout(List<SimulatedRow> rows, int seeds, SplittableRandom random) {
    float[] ease = SimulatedRow.drawImages(IMAGES, random);
    return OneWayLayout.of(rows.stream().map(row -> row.drawHits(seeds, ease, random)).toList());
  }
}
