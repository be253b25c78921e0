package org.finegrain.report.figure;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/** The chart of a {@link BarPlot}. */
final class BarChart {
  private static final int MOST_LABELS = 24;
  private static final float LABEL_SHARE = 0.5f; // of the height; longer names are cut
  private static final int MOST_ERROR_BARS = 60;

  private BarChart() {}

  static JFreeChart of(BarPlot bars) {
    boolean labelled = bars.bars().size() <= MOST_LABELS;
    boolean spreads = bars.bars().size() <= MOST_ERROR_BARS;
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < bars.bars().size(); i++) {
      BarPlot.Bar bar = bars.bars().get(i);
      Double spread = spreads && Double.isFinite(bar.spread()) ? bar.spread() : null;
      data.add((Double) bar.value(), spread, "", new Place(i, bar.name()));
    }
    CategoryAxis x = ChartLook.style(new CategoryAxis(bars.xLabel()));
    x.setTickLabelsVisible(labelled);
    x.setTickMarksVisible(labelled);
    x.setCategoryLabelPositions(CategoryLabelPositions.UP_90);
    x.setMaximumCategoryLabelWidthRatio(LABEL_SHARE);
    x.setCategoryMargin(labelled ? 0.25 : 0);
    x.setLowerMargin(0.01);
    x.setUpperMargin(0.01);
    StatisticalBarRenderer renderer = new StatisticalBarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setDefaultPaint(LineStyle.of(0).color());
    renderer.setAutoPopulateSeriesPaint(false);
    renderer.setErrorIndicatorPaint(ChartLook.TEXT);
    renderer.setErrorIndicatorStroke(ChartLook.THIN);
    CategoryPlot plot =
        new CategoryPlot(data, x, ChartLook.style(ChartLook.percent(bars.yLabel())), renderer);
    ChartLook.style(plot);
    return ChartLook.chart(bars.title(), plot);
  }

  /** The key of a bar: equal names stay apart. */
  private record Place(int index, String name) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
