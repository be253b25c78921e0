package org.finegrain.report;

import java.util.List;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.Series;

/** The end of a figure's caption, which says what its points and lines show of the seeds. */
final class SeedCaption {
  private SeedCaption() {}

  /**
   * Returns the words after the figure's subject.
   *
   * @param several what is drawn for a point with several seeds
   */
  static String of(List<LinePlot> plots, String several) {
    List<Boolean> spreads =
        plots.stream()
            .flatMap(plot -> plot.series().stream())
            .flatMap(line -> line.points().stream())
            .filter(point -> Double.isFinite(point.y()))
            .map(Series.Point::hasSpread)
            .distinct()
            .toList();
    if (!spreads.contains(true)) {
      return ", with one seed for each point.";
    }
    return ": "
        + several
        + (spreads.contains(false) ? "; where there is one seed, its value alone." : ".");
  }
}
