package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/**
 * The chart of a {@link RankPlot}. The better half of the methods is named at the left, the others
 * at the right, each at the end of a line from its mean rank.
 */
final class RankChart {
  private static final BasicStroke LINE = new BasicStroke(1.2f);
  private static final BasicStroke BAR =
      new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final double WIDTH = 376; // of the data, in pixels
  private static final int MOST_NUMBERS = 11; // of ranks below the axis
  private static final double GAP = 4;
  private static final double AXIS_SHARE = 0.4; // of the width, in the middle

  private final RankPlot ranks;
  private final List<RankPlot.Method> sorted;
  private final XYPlot plot;
  private final double edge;

  RankChart(RankPlot ranks) {
    this.ranks = ranks;
    sorted = ranks.sorted();
    int methods = sorted.size();
    edge = (methods - 1) * (1 - AXIS_SHARE) / AXIS_SHARE / 2;
    NumberAxis x =
        ChartLook.range(new NumberAxis("mean rank"), new Range(1 - edge, methods + edge));
    NumberAxis y = ChartLook.range(new NumberAxis(""), new Range(0, ranks.lines()));
    plot = ChartLook.plot(x, y);
    y.setInverted(true);
    y.setVisible(false);
    x.setVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
  }

  JFreeChart chart() {
    paintAxis();
    double barY = 2 + RankPlot.FIRST_BAR;
    for (List<RankPlot.Method> clique : ranks.cliques()) {
      double from = clique.get(0).rank() - 0.04;
      double to = clique.get(clique.size() - 1).rank() + 0.04;
      line(from, barY, to, barY, BAR);
      barY += RankPlot.BAR_STEP;
    }
    int left = (sorted.size() + 1) / 2;
    for (int i = 0; i < sorted.size(); i++) {
      boolean isLeft = i < left;
      double y = barY + 0.5 + (isLeft ? i : sorted.size() - 1 - i);
      paint(sorted.get(i), isLeft, y);
    }
    return ChartLook.chart(ranks.title(), plot);
  }

  private void paintAxis() {
    double y = 2;
    int methods = sorted.size();
    line(1, y, methods, y, LINE);
    int step = 1 + methods / MOST_NUMBERS;
    for (int rank = 1; rank <= methods; rank++) {
      line(rank, y - 0.2, rank, y, LINE);
      if ((rank - 1) % step == 0) {
        text(String.valueOf(rank), rank, y - 0.7, TextAnchor.CENTER);
      }
    }
    double cd = Math.min(ranks.criticalDifference(), methods - 1 + edge);
    line(1, 0.8, 1 + cd, 0.8, LINE);
    line(1, 0.65, 1, 0.95, LINE);
    line(1 + cd, 0.65, 1 + cd, 0.95, LINE);
    text(
        String.format(Locale.ROOT, "CD = %.2f", ranks.criticalDifference()),
        1 + cd / 2,
        0.3,
        TextAnchor.CENTER);
  }

  private void paint(RankPlot.Method method, boolean isLeft, double y) {
    double end = isLeft ? 1 - edge : sorted.size() + edge;
    line(method.rank(), 2, method.rank(), y, LINE);
    line(method.rank(), y, end, y, LINE);
    double room = Math.abs(method.rank() - end) / (sorted.size() - 1 + 2 * edge) * WIDTH;
    String rank = String.format(Locale.ROOT, " (%.2f)", method.rank());
    SansFont font = ChartLook.LABEL_FONT;
    text(
        font.fit(method.name(), room - GAP - font.width(rank)) + rank,
        end,
        y - 0.35,
        isLeft ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
  }

  private void line(double x1, double y1, double x2, double y2, BasicStroke stroke) {
    plot.addAnnotation(new XYLineAnnotation(x1, y1, x2, y2, stroke, ChartLook.TEXT));
  }

  private void text(String text, double x, double y, TextAnchor anchor) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(ChartLook.LABEL_FONT);
    annotation.setPaint(ChartLook.TEXT);
    annotation.setTextAnchor(anchor);
    plot.addAnnotation(annotation);
  }
}
