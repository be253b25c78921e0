package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.Plot;
import org.finegrain.report.figure.Series;
import org.finegrain.report.statistics.Summary;

/**
 * The figure of top-1 on the test split over the values of one key, with a plot for each
 * combination of the other varying keys.
 */
final class SensitivityFigure {
  private SensitivityFigure() {}

  /** Returns the figure; empty if the key has a single value, or no trial has a score. */
  static Optional<Figure> of(String name, String key, Results results) {
    SortedSet<String> panelKeys = new TreeSet<>(results.varyingKeys());
    if (!panelKeys.remove(key)) {
      return Optional.empty();
    }
    List<Plot> plots = new ArrayList<>();
    results
        .groupBy(panelKeys)
        .forEach((settings, trials) -> plot(settings, trials, key, results).ifPresent(plots::add));
    String symbol = PublishedNames.ofKey(key);
    String caption =
        String.format(
            Locale.ROOT,
            "Top-1 on the test split over %s%s",
            symbol,
            SeedCaption.of(
                plots,
                "mean over seeds, bars of ± one sample standard deviation, a pale dot for each seed"));
    return plots.isEmpty() ? Optional.empty() : Optional.of(new Figure(name, caption, plots));
  }

  private static Optional<Plot> plot(
      SortedMap<String, String> settings, List<Trial> trials, String key, Results results) {
    SortedSet<String> values = new TreeSet<>(PublishedNames.BY_VALUE);
    trials.forEach(trial -> values.add(trial.settings().getOrDefault(key, "not set")));
    List<String> categories = List.copyOf(values);
    List<Series> series = new ArrayList<>();
    for (Column column : results.columns()) {
      List<Series.Point> points = new ArrayList<>();
      for (int i = 0; i < categories.size(); i++) {
        String value = categories.get(i);
        SeedGroup group =
            new SeedGroup(
                trials.stream()
                    .filter(trial -> results.column(trial).equals(column))
                    .filter(trial -> trial.settings().getOrDefault(key, "not set").equals(value))
                    .toList());
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
            new Plot(
                PublishedNames.assignments(settings),
                PublishedNames.ofKey(key),
                "top-1 on test (%)",
                categories.stream().map(value -> PublishedNames.ofValue(key, value)).toList(),
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
