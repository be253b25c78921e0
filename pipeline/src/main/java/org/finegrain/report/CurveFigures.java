package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.Plot;
import org.finegrain.report.figure.Series;
import org.finegrain.report.statistics.Summary;

/**
 * The figures of learning curves: for each dataset validation top-1 and training loss by epoch,
 * with a line for each configuration, averaged over seeds.
 */
final class CurveFigures {
  private CurveFigures() {}

  static List<Figure> of(Results results) {
    List<Figure> figures = new ArrayList<>();
    for (Column column : results.columns()) {
      List<Plot> plots = new ArrayList<>();
      plot(results, column, "validation top-1 (%)", epoch -> 100 * epoch.valTop1())
          .ifPresent(plots::add);
      plot(results, column, "training loss", EpochMetrics::trainLoss).ifPresent(plots::add);
      if (!plots.isEmpty()) {
        String caption =
            String.format(
                Locale.ROOT,
                "Learning curves on %s%s",
                column.title(),
                SeedCaption.of(
                    plots,
                    "mean over the seeds that finished, bands of ± one sample standard deviation"));
        figures.add(new Figure("curves-" + fileName(column.id()), caption, plots));
      }
    }
    return figures;
  }

  private static Optional<Plot> plot(
      Results results, Column column, String quantity, ToDoubleFunction<EpochMetrics> value) {
    List<Series> series = new ArrayList<>();
    results
        .groupBy(results.varyingKeys())
        .forEach(
            (settings, trials) -> {
              List<Trial> finished =
                  trials.stream()
                      .filter(trial -> results.column(trial).equals(column))
                      .filter(trial -> trial.state() == TrialState.COMPLETED)
                      .toList();
              List<Series.Point> points = points(finished, value);
              if (!points.isEmpty()) {
                series.add(new Series(label(settings), points));
              }
            });
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(new Plot(column.title(), "epoch", quantity, List.of(), series));
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

  private static String label(SortedMap<String, String> settings) {
    return settings.isEmpty() ? "all trials" : PublishedNames.assignments(settings);
  }

  /** Returns the id in letters, digits and dashes, which any file system and any address allow. */
  private static String fileName(String id) {
    return id.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
