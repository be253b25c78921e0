package org.finegrain.report.figure;

import java.util.List;

/** Makes figures for tests. Run as a program, it prints one and says whether there is a PNG. */
final class SampleFigure {
  private SampleFigure() {}

  /** Prints the SVG of {@link #ofEveryKind}, and then whether Java has a font for the PNG. */
  public static void main(String[] arguments) throws Exception {
    Figure figure = ofEveryKind();
    System.out.print(figure.svg());
    try {
      System.out.println(figure.png().length > 0 ? "PNG" : "");
    } catch (NoClassDefFoundError | UnsatisfiedLinkError | InternalError e) {
      System.out.println("no font");
    }
  }

  /** Returns a figure with a plot of every kind. */
  static Figure ofEveryKind() {
    return new Figure(
        "all",
        "Top-1 & <more>",
        List.of(
            lines(new LinePlot.Categories("η", List.of("2", "auto")), bar(0, 40), bar(1, 44)),
            lines(new LinePlot.Numbers("epoch"), bar(1, 10), point(2, Double.NaN), bar(3, 20)),
            lines(new LinePlot.Percent("confidence (%)", "calibrated"), point(10, 20)),
            new PointPlot(
                "cost",
                "parameters",
                "top-1 (%)",
                List.of(
                    new PointPlot.Point("A & <i>", 1, 70, 2),
                    new PointPlot.Point("B", 1, 71, Double.NaN))),
            new BarPlot(
                "classes",
                "class",
                "accuracy (%)",
                List.of(new BarPlot.Bar("x <1>", 90, 2), new BarPlot.Bar("x <1>", 80, Double.NaN))),
            new MatrixPlot(
                "confusion",
                "predicted class",
                "true class",
                3,
                List.of(new MatrixPlot.Cell(0, 0, 1), new MatrixPlot.Cell(2, 1, 0.04))),
            new RankPlot(
                "ranks",
                List.of(new RankPlot.Method("<one>", 1), new RankPlot.Method("two", 2)),
                1.5)));
  }

  static LinePlot lines(LinePlot.XAxis axis, Series.Point... points) {
    return new LinePlot("a title", axis, "y", List.of(new Series("a <b>", List.of(points))));
  }

  static Series.Point point(double x, double y) {
    return new Series.Point(x, y, Double.NaN, List.of());
  }

  static Series.Point bar(double x, double y) {
    return new Series.Point(x, y, 2, List.of(y - 1, y + 1));
  }
}
