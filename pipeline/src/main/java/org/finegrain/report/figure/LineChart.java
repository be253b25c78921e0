package org.finegrain.report.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** The chart of a {@link LinePlot}. */
final class LineChart {
  private static final double DODGE = 0.09; // shift between neighbours, in widths of a category
  private static final double X_MARGIN = 0.02;
  private static final int MARKERS_PER_LINE = 8;
  private static final double DOT = 2.2;
  private static final double DOT_OPACITY = 0.45;
  private static final float BAND_OPACITY = 0.14f;
  private static final double LINE_WIDTH = 1.8;

  private final LinePlot lines;
  private final Map<String, Swatch> swatches;
  private final XYPlot plot;

  LineChart(LinePlot lines, List<Double> ys, Map<String, Swatch> swatches) {
    this.lines = lines;
    this.swatches = swatches;
    plot = ChartLook.plot(xAxis(), yAxis(ys));
  }

  private NumberAxis xAxis() {
    if (lines.xAxis() instanceof LinePlot.Categories categories) {
      SymbolAxis axis =
          new SymbolAxis(categories.label(), categories.names().toArray(String[]::new));
      axis.setGridBandsVisible(false);
      return ChartLook.range(axis, new Range(-0.5, categories.names().size() - 0.5));
    }
    if (lines.xAxis() instanceof LinePlot.Percent percent) {
      return ChartLook.percent(percent.label());
    }
    NumberAxis axis =
        ChartLook.spanning(
            lines.xAxis().label(), lines.points().map(Series.Point::x).toList(), X_MARGIN);
    boolean whole = lines.points().allMatch(point -> point.x() == Math.rint(point.x()));
    axis.setStandardTickUnits(new RootTicks(whole));
    return axis;
  }

  private NumberAxis yAxis(List<Double> ys) {
    return lines.xAxis() instanceof LinePlot.Percent
        ? ChartLook.percent(lines.yLabel())
        : ChartLook.spanning(lines.yLabel(), ys);
  }

  JFreeChart chart() {
    if (lines.xAxis() instanceof LinePlot.Percent) {
      plot.addAnnotation(
          new XYLineAnnotation(
              0, 0, 100, 100, LineStyle.REFERENCE.stroke(1.3), LineStyle.REFERENCE.color()));
    }
    for (int i = 0; i < lines.series().size(); i++) {
      Series series = lines.series().get(i);
      add(series, (LineStyle) swatches.get(series.name()), shift(i));
    }
    return ChartLook.chart(lines.title(), plot);
  }

  private double shift(int index) {
    return lines.xAxis() instanceof LinePlot.Categories
        ? (index - (lines.series().size() - 1) / 2.0) * DODGE
        : 0;
  }

  private void add(Series series, LineStyle style, double shift) {
    List<List<Series.Point>> stretches = stretches(series.points(), false);
    if (lines.xAxis() instanceof LinePlot.Categories) {
      addBars(stretches(series.points(), true), style, shift);
      addDots(series, style, shift);
    } else {
      addBands(stretches(series.points(), true), style);
    }
    XYSeriesCollection line = new XYSeriesCollection();
    XYSeriesCollection markers = new XYSeriesCollection();
    for (List<Series.Point> stretch : stretches) {
      XYSeries all = series(line.getSeriesCount());
      XYSeries marked = series(markers.getSeriesCount());
      int every = every(stretch.size());
      for (int i = 0; i < stretch.size(); i++) {
        Series.Point point = stretch.get(i);
        all.add(point.x() + shift, point.y());
        if (i % every == 0) {
          marked.add(point.x() + shift, point.y());
        }
      }
      line.addSeries(all);
      markers.addSeries(marked);
    }
    XYLineAndShapeRenderer lineRenderer = new XYLineAndShapeRenderer(true, false);
    lineRenderer.setDrawSeriesLineAsPath(true); // else dashes begin again at each point
    lineRenderer.setAutoPopulateSeriesStroke(false);
    lineRenderer.setDefaultStroke(style.stroke(LINE_WIDTH));
    add(line, lineRenderer, style.color());
    add(markers, shapes(style.point()), style.color());
  }

  private int every(int points) {
    return lines.xAxis() instanceof LinePlot.Numbers ? 1 + points / MARKERS_PER_LINE : 1;
  }

  private void addBars(List<List<Series.Point>> stretches, LineStyle style, double shift) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultShapesVisible(false);
    renderer.setErrorStroke(LineStyle.of(0).stroke(1.3));
    renderer.setCapLength(8);
    add(intervals(stretches, shift), renderer, style.color());
  }

  private void addBands(List<List<Series.Point>> stretches, LineStyle style) {
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(BAND_OPACITY);
    renderer.setAutoPopulateSeriesFillPaint(false);
    renderer.setDefaultFillPaint(style.color());
    add(
        intervals(stretches.stream().filter(stretch -> stretch.size() > 1).toList(), 0),
        renderer,
        style.color());
  }

  private void addDots(Series series, LineStyle style, double shift) {
    XYSeries dots = series(0);
    series
        .points()
        .forEach(point -> point.values().forEach(value -> dots.add(point.x() + shift, value)));
    Color color = style.color();
    Color pale =
        new Color(
            color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * DOT_OPACITY));
    add(
        new XYSeriesCollection(dots),
        shapes(new Ellipse2D.Double(-DOT, -DOT, 2 * DOT, 2 * DOT)),
        pale);
  }

  private static XYLineAndShapeRenderer shapes(Shape shape) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setAutoPopulateSeriesShape(false);
    renderer.setDefaultShape(shape);
    return renderer;
  }

  private void add(XYDataset data, AbstractXYItemRenderer renderer, Color color) {
    renderer.setAutoPopulateSeriesPaint(false);
    renderer.setDefaultPaint(color);
    int index = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  private static XYSeries series(int key) {
    return new XYSeries(key, false, true); // unsorted
  }

  private static YIntervalSeriesCollection intervals(
      List<List<Series.Point>> stretches, double shift) {
    YIntervalSeriesCollection intervals = new YIntervalSeriesCollection();
    for (List<Series.Point> stretch : stretches) {
      YIntervalSeries series = new YIntervalSeries(intervals.getSeriesCount(), false, true);
      stretch.forEach(
          point ->
              series.add(
                  point.x() + shift,
                  point.y(),
                  point.y() - point.spread(),
                  point.y() + point.spread()));
      intervals.addSeries(series);
    }
    return intervals;
  }

  /** Returns the parts of a line between the points that have no value, or no spread. */
  private static List<List<Series.Point>> stretches(List<Series.Point> points, boolean spread) {
    List<List<Series.Point>> stretches = new ArrayList<>();
    boolean open = false;
    for (Series.Point point : points) {
      boolean drawn = Double.isFinite(point.y()) && (!spread || point.hasSpread());
      if (drawn && !open) {
        stretches.add(new ArrayList<>());
      }
      if (drawn) {
        stretches.get(stretches.size() - 1).add(point);
      }
      open = drawn;
    }
    return stretches;
  }
}
