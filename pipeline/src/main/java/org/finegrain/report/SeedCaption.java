package org.finegrain.report;

import java.util.List;
import java.util.stream.Stream;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.Series;

/** The parts of a figure's caption that say what was measured: seeds and data. */
final class SeedCaption {
  private SeedCaption() {}

  /**
   * Returns the words after the figure's subject, which say what its points and lines show of the
   * seeds.
   *
   * @param several what is drawn for a point with several seeds
   */
  static String of(List<LinePlot> plots, String several) {
    return of(
        plots.stream()
            .flatMap(plot -> plot.series().stream())
            .flatMap(line -> line.points().stream())
            .filter(point -> Double.isFinite(point.y()))
            .map(Series.Point::hasSpread),
        several);
  }

  /**
   * Returns the same words.
   *
   * @param spreads whether each point has several seeds
   */
  static String of(Stream<Boolean> spreads, String several) {
    List<Boolean> found = spreads.distinct().toList();
    if (!found.contains(true)) {
      return ", with one seed for each point.";
    }
    return ": "
        + several
        + (found.contains(false) ? "; where there is one seed, its value alone." : ".");
  }

  /** Returns the sentence on those of the columns that are not whole datasets, after a space. */
  static String partial(List<Column> columns, Results results) {
    return DatasetTable.partial(results, columns).map(sentence -> " " + sentence).orElse("");
  }
}
