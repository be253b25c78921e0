package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.Series;
import org.finegrain.report.statistics.Summary;

/**
 * The figures of learning curves: for each comparison and dataset validation top-1 and training
 * loss by epoch, with a line for each row, averaged over seeds.
 */
final class CurveFigures {
  private CurveFigures() {}

  /** Returns the figures of each comparison, by dataset. */
  static List<FigureGroup> of(List<Comparison> comparisons, Results results) {
    List<FigureGroup> groups = new ArrayList<>();
    List<Comparison> shown = withoutParts(comparisons);
    for (Comparison comparison : shown) {
      boolean isOnly = shown.size() == 1;
      String name = isOnly ? "curves-" : "curves-" + comparison.name() + "-";
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (Column column : results.columns(comparison.trials())) {
        List<LinePlot> plots = new ArrayList<>();
        plot(comparison, results, column, "validation top-1 (%)", epoch -> 100 * epoch.valTop1())
            .ifPresent(plots::add);
        plot(comparison, results, column, "training loss", EpochMetrics::trainLoss)
            .ifPresent(plots::add);
        if (!plots.isEmpty()) {
          figures.put(
              column.title(),
              figure(name + Comparisons.fileName(column.id()), comparison, results, column, plots));
        }
      }
      String title = isOnly ? "Learning curves" : "Learning curves of " + comparison.name();
      groups.add(new FigureGroup(title, figures));
    }
    return groups;
  }

  /**
   * Leaves out comparisons whose trials are all in another one, such as k beside η of a grid. A
   * comparison of loss functions stays.
   */
  private static List<Comparison> withoutParts(List<Comparison> comparisons) {
    List<Comparison> whole = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      List<Trial> trials = comparison.trials();
      if (comparison.rowKeys().contains(PublishedNames.LOSS)
          || whole.stream().noneMatch(other -> other.trials().containsAll(trials))) {
        whole.add(comparison);
      }
    }
    return whole;
  }

  private static Figure figure(
      String name, Comparison comparison, Results results, Column column, List<LinePlot> plots) {
    String caption =
        String.format(
            Locale.ROOT,
            "Learning curves on %s%s%s%s",
            column.title(),
            SeedCaption.of(
                plots,
                "mean over the seeds that finished, bands of ± one sample standard deviation"),
            comparison.rowKeys().contains(PublishedNames.LOSS)
                ? " Each training loss is that of its own loss function, so their heights cannot be"
                    + " compared."
                : "",
            SeedCaption.partial(List.of(column), results));
    return new Figure(name, caption, List.copyOf(plots));
  }

  private static Optional<LinePlot> plot(
      Comparison comparison,
      Results results,
      Column column,
      String quantity,
      ToDoubleFunction<EpochMetrics> value) {
    List<Series> series = new ArrayList<>();
    for (Comparison.Part part : comparison.parts()) {
      for (Comparison.Row row : part.rows()) {
        List<Trial> finished =
            row.trials().stream()
                .filter(trial -> results.column(trial).equals(column))
                .filter(trial -> trial.state() == TrialState.COMPLETED)
                .toList();
        List<Series.Point> points = points(finished, value);
        if (!points.isEmpty()) {
          series.add(new Series(label(part, row), points));
        }
      }
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LinePlot(column.title(), new LinePlot.Numbers("epoch"), quantity, series));
  }

  private static List<Series.Point> points(
      List<Trial> trials, ToDoubleFunction<EpochMetrics> value) {
    Map<Integer, List<Double>> byEpoch = new TreeMap<>();
    for (Trial trial : trials) {
      for (EpochMetrics epoch : trial.epochs()) {
        double number = value.applyAsDouble(epoch);
        if (Double.isFinite(number)) {
          byEpoch.computeIfAbsent(epoch.epoch(), e -> new ArrayList<>()).add(number);
        }
      }
    }
    List<Series.Point> points = new ArrayList<>();
    byEpoch.forEach(
        (epoch, numbers) -> {
          Summary summary = Summary.of(numbers);
          points.add(new Series.Point(epoch, summary.mean(), summary.std(), List.of()));
        });
    return points;
  }

  private static String label(Comparison.Part part, Comparison.Row row) {
    SortedMap<String, String> settings = new TreeMap<>(part.settings());
    settings.putAll(row.settings());
    return settings.isEmpty() ? "all trials" : PublishedNames.assignments(settings);
  }
}
