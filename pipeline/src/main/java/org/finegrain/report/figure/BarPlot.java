package org.finegrain.report.figure;

import java.util.List;

/**
 * A plot of bars from 0 to 100, in the order of the list. Where there are many, they have no
 * labels.
 *
 * @param bars the bars, at least one
 */
public record BarPlot(String title, String xLabel, String yLabel, List<Bar> bars) implements Plot {
  /**
   * A bar.
   *
   * @param value its height, from 0 to 100
   * @param spread half the height of its error bar; NaN for none
   */
  public record Bar(String name, double value, double spread) {}
}
