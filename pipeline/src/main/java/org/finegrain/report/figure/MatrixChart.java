package org.finegrain.report.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYZDataset;

/** The chart of a {@link MatrixPlot}, with rows and columns counted from 1. */
final class MatrixChart {
  private MatrixChart() {}

  static JFreeChart of(MatrixPlot matrix) {
    Blocks renderer = new Blocks();
    LookupPaintScale scale = new LookupPaintScale(0, 1, Shade.ALL.get(0).color());
    Shade.ALL.forEach(shade -> scale.add(Math.nextUp(shade.above()), shade.color()));
    renderer.setPaintScale(scale);
    XYPlot plot =
        ChartLook.plot(axis(matrix.xLabel(), matrix.size()), axis(matrix.yLabel(), matrix.size()));
    plot.getRangeAxis().setInverted(true);
    plot.setDataset(data(matrix));
    plot.setRenderer(renderer);
    plot.setRangeGridlinesVisible(false);
    JFreeChart chart = ChartLook.chart(matrix.title(), plot);
    plot.setOutlineVisible(true);
    plot.setOutlinePaint(ChartLook.TEXT);
    plot.setOutlineStroke(ChartLook.THIN);
    return chart;
  }

  /** Returns the cells by rising share, so that those of a shade follow one another. */
  private static DefaultXYZDataset data(MatrixPlot matrix) {
    List<MatrixPlot.Cell> cells =
        matrix.cells().stream().sorted(Comparator.comparingDouble(MatrixPlot.Cell::share)).toList();
    double[][] values = new double[3][cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      values[0][i] = cells.get(i).column() + 1;
      values[1][i] = cells.get(i).row() + 1;
      values[2][i] = cells.get(i).share();
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("", values);
    return data;
  }

  /** Draws blocks without the library's outline, which would cover the neighbours of small ones. */
  private static final class Blocks extends XYBlockRenderer {
    @Override
    public void drawItem(
        Graphics2D graphics,
        XYItemRendererState state,
        Rectangle2D area,
        PlotRenderingInfo info,
        XYPlot plot,
        ValueAxis xAxis,
        ValueAxis yAxis,
        XYDataset data,
        int series,
        int item,
        CrosshairState crosshair,
        int pass) {
      double x = data.getXValue(series, item);
      double y = data.getYValue(series, item);
      Rectangle2D block = new Rectangle2D.Double();
      block.setFrameFromDiagonal(
          xAxis.valueToJava2D(x - 0.5, area, plot.getDomainAxisEdge()),
          yAxis.valueToJava2D(y - 0.5, area, plot.getRangeAxisEdge()),
          xAxis.valueToJava2D(x + 0.5, area, plot.getDomainAxisEdge()),
          yAxis.valueToJava2D(y + 0.5, area, plot.getRangeAxisEdge()));
      graphics.setPaint(getPaintScale().getPaint(((XYZDataset) data).getZValue(series, item)));
      graphics.fill(block);
    }
  }

  private static NumberAxis axis(String label, int size) {
    NumberAxis axis = ChartLook.range(new NumberAxis(label), new Range(0.5, size + 0.5));
    axis.setStandardTickUnits(new RootTicks(true));
    return axis;
  }
}
