package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.Plot;
import org.finegrain.report.figure.PointPlot;
import org.finegrain.report.statistics.Summary;

/**
 * The figures of accuracy against cost: for a comparison of different networks and each dataset,
 * top-1 on the test split over the number of parameters and over the multiply-adds of an image.
 */
final class CostFigures {
  private static final double LEAST_DIFFERENCE = 1e-3; // smaller ones cannot be seen in a plot

  /** A cost of a network, in the unit of its axis; empty where the run has not noted it. */
  private record Cost(String label, Function<Trial.Outcome, OptionalDouble> of) {}

  private static final List<Cost> COSTS =
      List.of(
          new Cost(
              "parameters (million)", outcome -> OptionalDouble.of(outcome.parameters() / 1e6)),
          new Cost(
              "multiply-adds of an image (billion)",
              outcome ->
                  outcome.multiplyAdds().isPresent()
                      ? OptionalDouble.of(outcome.multiplyAdds().getAsLong() / 1e9)
                      : OptionalDouble.empty()));

  private final Comparison comparison;
  private final Results results;

  private CostFigures(Comparison comparison, Results results) {
    this.comparison = comparison;
    this.results = results;
  }

  /** Returns a figure for each dataset; none where all rows cost about the same. */
  static FigureGroup of(Comparison comparison, Results results) {
    CostFigures figures = new CostFigures(comparison, results);
    Map<String, Figure> byDataset = new LinkedHashMap<>();
    for (Column column : results.columns(comparison.trials())) {
      figures.figure(column).ifPresent(figure -> byDataset.put(column.title(), figure));
    }
    return new FigureGroup("Accuracy against cost of " + comparison.name(), byDataset);
  }

  private Optional<Figure> figure(Column column) {
    List<PointPlot> plots = new ArrayList<>();
    for (Comparison.Part part : comparison.parts()) {
      COSTS.forEach(cost -> plot(part, column, cost).ifPresent(plots::add));
    }
    String caption =
        String.format(
            Locale.ROOT,
            "Top-1 on the test split of %s against what a network costs%s%s",
            column.title(),
            SeedCaption.of(
                plots.stream()
                    .flatMap(plot -> plot.points().stream())
                    .map(point -> Double.isFinite(point.spread())),
                "mean over seeds, bars of ± one sample standard deviation"),
            SeedCaption.partial(List.of(column), results));
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "cost-" + comparison.name() + "-" + Comparisons.fileName(column.id()),
                caption,
                List.<Plot>copyOf(plots)));
  }

  private Optional<PointPlot> plot(Comparison.Part part, Column column, Cost cost) {
    List<PointPlot.Point> points = new ArrayList<>();
    for (Comparison.Row row : part.rows()) {
      SeedGroup group = SeedGroup.of(row.trials(), column, results);
      OptionalDouble x =
          group.scored().stream()
              .flatMap(trial -> trial.outcome().stream())
              .map(cost.of())
              .flatMapToDouble(OptionalDouble::stream)
              .findFirst();
      Optional<Summary> summary = group.summary();
      if (x.isPresent() && summary.isPresent()) {
        points.add(
            new PointPlot.Point(
                comparison.nameOf(row),
                x.getAsDouble(),
                100 * summary.get().mean(),
                100 * summary.get().std()));
      }
    }
    return differ(points)
        ? Optional.of(
            new PointPlot(
                PublishedNames.assignments(part.settings()),
                cost.label(),
                "top-1 on test (%)",
                points))
        : Optional.empty();
  }

  private static boolean differ(List<PointPlot.Point> points) {
    double low = points.stream().mapToDouble(PointPlot.Point::x).min().orElse(0);
    double high = points.stream().mapToDouble(PointPlot.Point::x).max().orElse(0);
    return high - low > LEAST_DIFFERENCE * high;
  }
}
