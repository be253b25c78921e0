package org.finegrain.report.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * The chart of a {@link PointPlot}. Each label stands at the first place around its point where it
 * covers no other label and no point.
 */
final class PointChart {
  private static final double X_MARGIN = 0.12;
  private static final double GAP = 8; // between a point and its label, in pixels
  private static final double MARKER = 5;
  private static final double DATA_WIDTH = 325; // about that of the plot without its y axis
  private static final double DATA_HEIGHT = 215;

  private final PointPlot points;
  private final Map<String, Swatch> swatches;
  private final NumberAxis xAxis;
  private final NumberAxis yAxis;
  private final List<Rectangle2D> taken = new ArrayList<>();

  PointChart(PointPlot points, List<Double> ys, Map<String, Swatch> swatches) {
    this.points = points;
    this.swatches = swatches;
    xAxis =
        ChartLook.spanning(
            points.xLabel(), points.points().stream().map(PointPlot.Point::x).toList(), X_MARGIN);
    yAxis = ChartLook.spanning(points.yLabel(), ys);
  }

  JFreeChart chart() {
    XYPlot plot = ChartLook.plot(xAxis, yAxis);
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    for (int i = 0; i < points.points().size(); i++) {
      PointPlot.Point point = points.points().get(i);
      YIntervalSeries series = new YIntervalSeries(i);
      series.add(point.x(), point.y(), point.y() - point.reach(), point.y() + point.reach());
      data.addSeries(series);
      LineStyle style =
          swatches.get(point.name()) instanceof PointStyle named ? named.look() : LineStyle.of(i);
      renderer.setSeriesPaint(i, style.color());
      renderer.setSeriesShape(i, style.point());
      taken.add(around(point));
    }
    renderer.setErrorStroke(LineStyle.of(0).stroke(1.3));
    renderer.setCapLength(6);
    plot.setDataset(data);
    plot.setRenderer(renderer);
    if (points.isLabelled()) {
      points.points().forEach(point -> plot.addAnnotation(label(point)));
    }
    return ChartLook.chart(points.title(), plot);
  }

  private XYTextAnnotation label(PointPlot.Point point) {
    Place place = place(point);
    taken.add(place.bounds());
    XYTextAnnotation label =
        new XYTextAnnotation(
            point.name(), xAxis.getLowerBound() + place.x() / xScale(), yValue(place.y()));
    label.setFont(ChartLook.LABEL_FONT);
    label.setPaint(ChartLook.TEXT);
    label.setTextAnchor(TextAnchor.CENTER_LEFT);
    return label;
  }

  /** A place for a label: the left end of its middle line, and what it covers, in pixels. */
  private record Place(double x, double y, Rectangle2D bounds) {
    static Place of(double left, double middle, double width) {
      return new Place(left, middle, new Rectangle2D.Double(left, middle - 6, width, 12));
    }
  }

  private Place place(PointPlot.Point point) {
    double width = ChartLook.LABEL_FONT.width(point.name());
    double x = x(point);
    double y = y(point.y());
    double reach = point.reach() * yScale() + GAP + 4;
    List<Place> places = new ArrayList<>();
    for (double down : List.of(0.0, 12.0, -12.0, 24.0, -24.0)) {
      places.add(Place.of(x + GAP, y + down, width));
      places.add(Place.of(x - GAP - width, y + down, width));
    }
    places.add(Place.of(x - width / 2, y - reach, width));
    places.add(Place.of(x - width / 2, y + reach, width));
    Rectangle2D all = new Rectangle2D.Double(0, 0, DATA_WIDTH, DATA_HEIGHT);
    return places.stream()
        .filter(place -> all.contains(place.bounds()))
        .filter(place -> taken.stream().noneMatch(place.bounds()::intersects))
        .findFirst()
        .orElseGet(() -> inside(places));
  }

  /** Returns the first place, moved to where the plot holds it. */
  private static Place inside(List<Place> places) {
    Place first = places.get(0);
    double width = first.bounds().getWidth();
    return Place.of(Math.max(0, Math.min(first.x(), DATA_WIDTH - width)), first.y(), width);
  }

  private Rectangle2D around(PointPlot.Point point) {
    double half = Math.max(MARKER, point.reach() * yScale());
    return new Rectangle2D.Double(x(point) - MARKER, y(point.y()) - half, 2 * MARKER, 2 * half);
  }

  private double x(PointPlot.Point point) {
    return (point.x() - xAxis.getLowerBound()) * xScale();
  }

  private double y(double value) {
    return (yAxis.getUpperBound() - value) * yScale();
  }

  private double yValue(double y) {
    return yAxis.getUpperBound() - y / yScale();
  }

  private double xScale() {
    return DATA_WIDTH / length(xAxis.getRange());
  }

  private double yScale() {
    return DATA_HEIGHT / length(yAxis.getRange());
  }

  private static double length(Range range) {
    return range.getLength();
  }
}
