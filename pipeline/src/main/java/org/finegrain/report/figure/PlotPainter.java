package org.finegrain.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finegrain.report.figure.Canvas.Anchor;
import org.finegrain.report.figure.Canvas.Position;
import org.finegrain.report.figure.Canvas.Stroke;

/** Draws one plot into a rectangle of {@link #WIDTH} by {@link #HEIGHT} pixels. */
final class PlotPainter {
  static final double WIDTH = 400;
  static final double HEIGHT = 290;
  private static final double MARGIN_LEFT = 54;
  private static final double MARGIN_RIGHT = 14;
  private static final double MARGIN_TOP = 30;
  private static final double MARGIN_BOTTOM = 46;
  private static final double INNER_WIDTH = WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
  private static final double INNER_HEIGHT = HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;
  private static final double DODGE =
      0.09; // shift between neighbouring series, in widths of a category
  private static final int MARKERS_PER_CURVE = 8;
  private static final double MARKER_RADIUS = 3.8;
  private static final String TEXT_COLOR = "#222222";
  private static final String LABEL_COLOR = "#555555";
  private static final String GRID_COLOR = "#e6e6e6";

  private final Canvas canvas;
  private final Plot plot;
  private final Map<String, LineStyle> styles;
  private final double left;
  private final double top;
  private final Ticks xTicks;
  private final Ticks yTicks;

  /**
   * Prepares to draw {@code plot}.
   *
   * @param styles the name of each series → its style
   * @param yTicks ticks that span the plot's {@link Plot#ys}
   * @param left the left edge of the rectangle
   * @param top the top edge of the rectangle
   */
  PlotPainter(
      Canvas canvas,
      Plot plot,
      Map<String, LineStyle> styles,
      Ticks yTicks,
      double left,
      double top) {
    this.canvas = canvas;
    this.plot = plot;
    this.styles = styles;
    this.left = left + MARGIN_LEFT;
    this.top = top + MARGIN_TOP;
    this.yTicks = yTicks;
    xTicks = plot.isCategorical() ? null : Ticks.spanningWhole(plot.xs(), 6);
  }

  void paint() {
    canvas.text(new Position(left, top - 12), plot.title(), 13, TEXT_COLOR, Anchor.START, true);
    paintAxes();
    for (int i = 0; i < plot.series().size(); i++) {
      Series series = plot.series().get(i);
      double shift = plot.isCategorical() ? (i - (plot.series().size() - 1) / 2.0) * DODGE : 0;
      paintSeries(series, styles.get(series.name()), shift);
    }
  }

  private void paintAxes() {
    for (double value : yTicks.values()) {
      double y = y(value);
      canvas.line(
          List.of(new Position(left, y), new Position(left + INNER_WIDTH, y)),
          Stroke.solid(GRID_COLOR, 1));
      canvas.text(
          new Position(left - 7, y + 4), yTicks.label(value), 11, LABEL_COLOR, Anchor.END, false);
    }
    double bottom = top + INNER_HEIGHT;
    canvas.line(
        List.of(
            new Position(left, top),
            new Position(left, bottom),
            new Position(left + INNER_WIDTH, bottom)),
        Stroke.solid(TEXT_COLOR, 1));
    if (plot.isCategorical()) {
      for (int i = 0; i < plot.categories().size(); i++) {
        paintXTick(x(i), plot.categories().get(i));
      }
    } else {
      xTicks.values().forEach(value -> paintXTick(x(value), xTicks.label(value)));
    }
    canvas.text(
        new Position(left + INNER_WIDTH / 2, bottom + 37),
        plot.xLabel(),
        12,
        TEXT_COLOR,
        Anchor.MIDDLE,
        false);
    canvas.verticalText(
        new Position(left - 41, top + INNER_HEIGHT / 2), plot.yLabel(), 12, TEXT_COLOR);
  }

  private void paintXTick(double x, String label) {
    double bottom = top + INNER_HEIGHT;
    canvas.line(
        List.of(new Position(x, bottom), new Position(x, bottom + 4)), Stroke.solid(TEXT_COLOR, 1));
    canvas.text(new Position(x, bottom + 18), label, 11, LABEL_COLOR, Anchor.MIDDLE, false);
  }

  private void paintSeries(Series series, LineStyle style, double shift) {
    for (List<Series.Point> stretch : stretches(series)) {
      if (plot.isCategorical()) {
        stretch.forEach(point -> paintBar(point, style, x(point.x() + shift)));
      } else {
        paintBand(stretch, style);
      }
      List<Position> line =
          stretch.stream().map(point -> new Position(x(point.x() + shift), y(point.y()))).toList();
      canvas.line(line, style.stroke(1.8));
      int every = plot.isCategorical() ? 1 : 1 + line.size() / MARKERS_PER_CURVE;
      for (int i = 0; i < line.size(); i += every) {
        style.marker().paint(canvas, line.get(i), MARKER_RADIUS, style.color());
      }
    }
  }

  private void paintBar(Series.Point point, LineStyle style, double x) {
    if (Double.isFinite(point.spread())) {
      double low = y(point.y() - point.spread());
      double high = y(point.y() + point.spread());
      Stroke stroke = Stroke.solid(style.color(), 1.3);
      canvas.line(List.of(new Position(x, low), new Position(x, high)), stroke);
      canvas.line(List.of(new Position(x - 4, low), new Position(x + 4, low)), stroke);
      canvas.line(List.of(new Position(x - 4, high), new Position(x + 4, high)), stroke);
    }
    point
        .values()
        .forEach(value -> canvas.dot(new Position(x, y(value)), 2.2, style.color(), 0.45));
  }

  private void paintBand(List<Series.Point> stretch, LineStyle style) {
    List<Series.Point> spread =
        stretch.stream().filter(point -> Double.isFinite(point.spread())).toList();
    if (spread.size() < 2) {
      return;
    }
    List<Position> outline = new ArrayList<>();
    spread.forEach(point -> outline.add(new Position(x(point.x()), y(point.y() + point.spread()))));
    for (int i = spread.size() - 1; i >= 0; i--) {
      Series.Point point = spread.get(i);
      outline.add(new Position(x(point.x()), y(point.y() - point.spread())));
    }
    canvas.fill(outline, style.color(), 0.12);
  }

  /** Returns the parts of a series between the points that are not finite. */
  private static List<List<Series.Point>> stretches(Series series) {
    List<List<Series.Point>> stretches = new ArrayList<>();
    List<Series.Point> current = new ArrayList<>();
    for (Series.Point point : series.points()) {
      if (Double.isFinite(point.y())) {
        current.add(point);
      } else if (!current.isEmpty()) {
        stretches.add(current);
        current = new ArrayList<>();
      }
    }
    if (!current.isEmpty()) {
      stretches.add(current);
    }
    return stretches;
  }

  private double x(double value) {
    double fraction =
        plot.isCategorical()
            ? (value + 0.5) / plot.categories().size()
            : (value - xTicks.low()) / (xTicks.high() - xTicks.low());
    return left + fraction * INNER_WIDTH;
  }

  private double y(double value) {
    return top + INNER_HEIGHT * (1 - (value - yTicks.low()) / (yTicks.high() - yTicks.low()));
  }
}
