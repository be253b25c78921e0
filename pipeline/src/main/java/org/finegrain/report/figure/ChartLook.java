package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Collections;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** The look that all charts share: fonts, colours, margins and axes. */
final class ChartLook {
  static final Color TEXT = new Color(0x222222);
  static final Color LABEL = new Color(0x555555);
  static final Color GRID = new Color(0xe6e6e6);
  static final SansFont LABEL_FONT = SansFont.plain(11);
  static final BasicStroke THIN = new BasicStroke(1);

  private static final SansFont AXIS_FONT = SansFont.plain(12);
  private static final SansFont TITLE_FONT = SansFont.bold(13);
  private static final RectangleInsets EDGES = new RectangleInsets(8, 4, 6, 12);
  private static final double MARGIN = 0.06; // of the range of an axis, at both ends
  private static final int PERCENT_STEP = 20;
  private static final String PERCENT = "(%)"; // at the end of the label of a share

  static {
    // The library would draw turned text as shapes, for which it needs a font of the machine.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private ChartLook() {}

  /** Returns the chart of a plot of the library, under its title and without a legend. */
  static JFreeChart chart(String title, Plot plot) {
    plot.setOutlineVisible(false);
    plot.setBackgroundPaint(null);
    plot.setInsets(new RectangleInsets(4, 0, 0, 0));
    plot.setNoDataMessage(null);
    JFreeChart chart = new JFreeChart(null, TITLE_FONT, plot, false);
    if (!title.isEmpty()) {
      TextTitle heading = new TextTitle(title, TITLE_FONT);
      heading.setPaint(TEXT);
      heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
      heading.setTextAlignment(HorizontalAlignment.LEFT);
      heading.setPosition(RectangleEdge.TOP);
      heading.setPadding(new RectangleInsets(0, 8, 4, 0));
      chart.setTitle(heading);
    }
    chart.setBackgroundPaint(null);
    chart.setPadding(EDGES);
    return chart;
  }

  /** Returns a plot of the library with lines of a grid at the ticks of the y axis. */
  static XYPlot plot(NumberAxis x, NumberAxis y) {
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(style(x));
    plot.setRangeAxis(style(y));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(THIN);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return plot;
  }

  static void style(CategoryPlot plot) {
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(THIN);
  }

  /** Gives an axis the look of all. */
  static <A extends Axis> A style(A axis) {
    axis.setLabelFont(AXIS_FONT);
    axis.setLabelPaint(TEXT);
    axis.setTickLabelFont(LABEL_FONT);
    axis.setTickLabelPaint(LABEL);
    axis.setAxisLinePaint(TEXT);
    axis.setAxisLineStroke(THIN);
    axis.setTickMarkPaint(TEXT);
    axis.setTickMarkStroke(THIN);
    axis.setTickLabelInsets(new RectangleInsets(4, 4, 4, 4));
    return axis;
  }

  /**
   * Returns an axis that spans the values, with a margin at both ends. An axis of shares, whose
   * label ends with (%), does not go on below 0 or above 100.
   */
  static NumberAxis spanning(String label, List<Double> values, double margin) {
    double low = Collections.min(values);
    double high = Collections.max(values);
    double width =
        high > low ? high - low : Math.max(1e-3, Math.abs(low) * 0.1); // a flat line in the middle
    double room = high > low ? margin * width : width / 2;
    Range range = new Range(low - room, high + room);
    boolean isShare = label.endsWith(PERCENT) && low >= 0 && high <= 100;
    return range(
        new NumberAxis(label),
        isShare ? new Range(Math.max(0, low - room), Math.min(100, high + room)) : range);
  }

  /** Returns an axis that spans the values, with the usual margin. */
  static NumberAxis spanning(String label, List<Double> values) {
    return spanning(label, values, MARGIN);
  }

  /** Returns an axis from 0 to 100. */
  static NumberAxis percent(String label) {
    NumberAxis axis = range(new NumberAxis(label), new Range(0, 100));
    axis.setTickUnit(RootTicks.unit(PERCENT_STEP));
    return axis;
  }

  /** Gives an axis its range. */
  static <A extends NumberAxis> A range(A axis, Range range) {
    axis.setRange(range, true, false);
    axis.setStandardTickUnits(new RootTicks(false));
    axis.setAutoTickUnitSelection(true, false);
    return axis;
  }
}
