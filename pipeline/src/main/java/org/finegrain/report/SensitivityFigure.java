package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.Series;
import org.finegrain.report.statistics.Summary;

/**
 * The figure of top-1 on the test split over the values of η or k, with a plot for each panel of
 * the comparison.
 */
final class SensitivityFigure {
  private static final List<String> SWEPT = List.of(PublishedNames.ETA, PublishedNames.K);

  private SensitivityFigure() {}

  /**
   * Returns the figure; empty if the comparison is not one of η alone or k alone, or if no trial
   * has a score.
   */
  static Optional<FigureGroup> of(Comparison comparison, Results results) {
    if (!SWEPT.stream().map(List::of).toList().contains(comparison.rowKeys())) {
      return Optional.empty();
    }
    String key = comparison.rowKeys().get(0);
    List<LinePlot> plots = new ArrayList<>();
    comparison.parts().forEach(part -> plot(part, key, results).ifPresent(plots::add));
    String caption =
        String.format(
            Locale.ROOT,
            "Top-1 on the test split over %s%s%s",
            PublishedNames.ofKey(key),
            SeedCaption.of(
                plots,
                "mean over seeds, bars of ± one sample standard deviation, a pale dot for each seed"),
            SeedCaption.partial(results.columns(comparison.trials()), results));
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            FigureGroup.of(
                "Accuracy over " + PublishedNames.ofKey(key),
                new Figure(comparison.name(), caption, List.copyOf(plots))));
  }

  private static Optional<LinePlot> plot(Comparison.Part part, String key, Results results) {
    List<Series> series = new ArrayList<>();
    for (Column column : results.columns(part.trials())) {
      List<Series.Point> points = new ArrayList<>();
      for (int i = 0; i < part.rows().size(); i++) {
        SeedGroup group = SeedGroup.of(part.rows().get(i).trials(), column, results);
        int x = i;
        group.summary().ifPresent(summary -> points.add(point(x, summary, group)));
      }
      if (!points.isEmpty()) {
        series.add(new Series(column.title(), points));
      }
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LinePlot(
                PublishedNames.assignments(part.settings()),
                new LinePlot.Categories(
                    PublishedNames.ofKey(key),
                    part.rows().stream()
                        .map(row -> PublishedNames.ofValue(key, row.settings().get(key)))
                        .toList()),
                "top-1 on test (%)",
                series));
  }

  private static Series.Point point(int x, Summary summary, SeedGroup group) {
    List<Double> samples =
        summary.hasSpread()
            ? group.bySeed().values().stream().map(hits -> 100 * hits.fraction()).toList()
            : List.of();
    return new Series.Point(x, 100 * summary.mean(), 100 * summary.std(), samples);
  }
}
