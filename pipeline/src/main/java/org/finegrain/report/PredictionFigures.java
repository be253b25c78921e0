package org.finegrain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.report.figure.BarPlot;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.MatrixPlot;
import org.finegrain.report.figure.Plot;
import org.finegrain.report.figure.Series;

/**
 * The figures of single predictions on one dataset: the confusion matrix and the accuracy of each
 * class for the row with the highest mean, and the reliability diagram of all rows. Each has a plot
 * for each panel of the comparison.
 */
final class PredictionFigures {
  private static final int MOST_LINES = 8;
  private static final long FEWEST_PREDICTIONS = 10; // in a bin; fewer say little

  private final Comparison comparison;
  private final Results results;
  private final Column column;

  private PredictionFigures(Comparison comparison, Results results, Column column) {
    this.comparison = comparison;
    this.results = results;
    this.column = column;
  }

  /** Returns the figures of a comparison by kind, for each of its datasets. */
  static List<FigureGroup> of(Comparison comparison, Results results) {
    Map<String, Map<String, Figure>> byKind = new LinkedHashMap<>();
    for (Column column : results.columns(comparison.trials())) {
      new PredictionFigures(comparison, results, column)
          .figures()
          .forEach(
              (kind, figure) ->
                  byKind
                      .computeIfAbsent(kind, it -> new LinkedHashMap<>())
                      .put(column.title(), figure));
    }
    return byKind.entrySet().stream()
        .map(kind -> new FigureGroup(kind.getKey(), kind.getValue()))
        .toList();
  }

  /** A row with predictions, and its mean accuracy. */
  private record Scored(String name, double mean, RowPredictions predictions) {}

  private List<Scored> scored(Comparison.Part part) {
    List<Scored> scored = new ArrayList<>();
    for (Comparison.Row row : part.rows()) {
      SeedGroup group = SeedGroup.of(row.trials(), column, results);
      results
          .predictions(group)
          .ifPresent(
              predictions ->
                  scored.add(
                      new Scored(
                          comparison.nameOf(row),
                          group.summary().orElseThrow().mean(),
                          predictions)));
    }
    return scored;
  }

  /** Returns heading → the figure of that kind. */
  private Map<String, Figure> figures() {
    List<Plot> matrices = new ArrayList<>();
    List<Plot> classes = new ArrayList<>();
    List<Plot> reliability = new ArrayList<>();
    for (Comparison.Part part : comparison.parts()) {
      List<Scored> rows = scored(part);
      Optional<Scored> best =
          rows.stream().max(Comparator.comparingDouble(Scored::mean)); // the first of equal ones
      if (best.isPresent()) {
        String title = title(part, best.get());
        matrices.add(matrix(title, best.get().predictions()));
        classes.add(classes(title, best.get().predictions()));
        reliability(part, rows).ifPresent(reliability::add);
      }
    }
    boolean chosen = comparison.parts().stream().anyMatch(part -> scored(part).size() > 1);
    String shown =
        chosen
            ? " Shown is the row with the highest mean accuracy, which need not differ from the"
                + " others."
            : "";
    Map<String, Figure> figures = new LinkedHashMap<>();
    add(
        figures,
        "Confusion matrices",
        "confusion",
        matrices,
        "Confusion matrix on the test split of %s: the share of a class's images that were taken"
            + " for each class, over all seeds, with the classes in the order of their labels."
            + shown);
    add(
        figures,
        "Accuracy of each class",
        "classes",
        classes,
        "Accuracy of each class on the test split of %s, over all seeds, sorted." + shown);
    add(
        figures,
        "Reliability",
        "reliability",
        reliability,
        String.format(
            Locale.ROOT,
            "Reliability on the test split of %%s: accuracy of the predictions in each of %d bins of"
                + " confidence, over all seeds, at their mean confidence. Below the diagonal, a"
                + " network is too sure. Bins with fewer than %d predictions are left out%s.",
            ReliabilityBin.BINS,
            FEWEST_PREDICTIONS,
            comparison.parts().stream().anyMatch(part -> scored(part).size() > MOST_LINES)
                ? ", and all but the " + MOST_LINES + " rows with the highest mean accuracy"
                : ""));
    return figures;
  }

  private void add(
      Map<String, Figure> figures, String kind, String name, List<Plot> plots, String caption) {
    if (!plots.isEmpty()) {
      figures.put(
          kind,
          new Figure(
              name + "-" + Comparisons.fileName(column.id()),
              String.format(Locale.ROOT, caption, column.title())
                  + SeedCaption.partial(List.of(column), results),
              plots));
    }
  }

  private static String title(Comparison.Part part, Scored row) {
    String panel = PublishedNames.assignments(part.settings());
    return panel.isEmpty() || row.name().isEmpty() ? panel + row.name() : panel + ": " + row.name();
  }

  private static MatrixPlot matrix(String title, RowPredictions predictions) {
    Map<Integer, Long> sums =
        predictions
            .confusion()
            .cells()
            .collect(
                Collectors.groupingBy(
                    ConfusionCounts.Cell::label,
                    HashMap::new,
                    Collectors.summingLong(ConfusionCounts.Cell::count)));
    List<MatrixPlot.Cell> cells =
        predictions
            .confusion()
            .cells()
            .map(
                cell ->
                    new MatrixPlot.Cell(
                        cell.label(),
                        cell.predicted(),
                        (double) cell.count() / sums.get(cell.label())))
            .toList();
    return new MatrixPlot(
        title, "predicted class", "true class", predictions.classes().size(), cells);
  }

  private static BarPlot classes(String title, RowPredictions predictions) {
    int seeds = predictions.seeds().size();
    List<BarPlot.Bar> bars =
        predictions.classes().stream()
            .filter(one -> one.images() > 0)
            .map(
                one ->
                    new BarPlot.Bar(
                        one.name(), 100.0 * one.hits() / (one.images() * seeds), Double.NaN))
            .sorted(Comparator.comparingDouble(BarPlot.Bar::value).reversed())
            .toList();
    return new BarPlot(title, bars.size() + " classes", "accuracy (%)", bars);
  }

  private static Optional<LinePlot> reliability(Comparison.Part part, List<Scored> rows) {
    List<Scored> best =
        rows.stream()
            .sorted(Comparator.comparingDouble(Scored::mean).reversed())
            .limit(MOST_LINES)
            .toList();
    List<Series> lines = new ArrayList<>();
    for (Scored row : rows) {
      if (best.contains(row)) {
        List<Series.Point> points =
            row.predictions().reliability().stream()
                .filter(bin -> bin.count() >= FEWEST_PREDICTIONS)
                .map(
                    bin ->
                        new Series.Point(
                            100 * bin.confidence() / bin.count(),
                            100.0 * bin.hits() / bin.count(),
                            Double.NaN,
                            List.of()))
                .toList();
        lines.add(new Series(row.name().isEmpty() ? "all trials" : row.name(), points));
      }
    }
    return lines.stream().allMatch(line -> line.points().isEmpty())
        ? Optional.empty()
        : Optional.of(
            new LinePlot(
                PublishedNames.assignments(part.settings()),
                new LinePlot.Percent("confidence (%)", "accuracy equal to confidence"),
                "accuracy (%)",
                lines));
  }
}
