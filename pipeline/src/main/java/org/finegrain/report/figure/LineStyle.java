package org.finegrain.report.figure;

import java.util.List;

/**
 * The look of a series. Colours are those of Okabe and Ito, "Color Universal Design" (2008),
 * without the yellow, which is hard to see on white. Dashes and markers differ from series to
 * series too, so that the lines can be told apart without any colour.
 */
record LineStyle(String color, List<Double> dash, Marker marker) {
  private static final List<String> COLORS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#444444");
  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(6.0, 3.0), List.of(2.0, 2.0), List.of(8.0, 2.0, 2.0, 2.0));

  /** Returns the style of the series with this index, from 0. Styles repeat after a while. */
  static LineStyle of(int index) {
    return new LineStyle(
        COLORS.get(index % COLORS.size()),
        DASHES.get(index % DASHES.size()),
        Marker.ALL.get(index % Marker.ALL.size()));
  }

  Canvas.Stroke stroke(double width) {
    return new Canvas.Stroke(color, width, dash);
  }
}
