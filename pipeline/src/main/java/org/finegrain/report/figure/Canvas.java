package org.finegrain.report.figure;

import java.util.List;

/**
 * What a figure is drawn on. Coordinates are pixels from the top left corner; colours are {@code
 * #rrggbb}.
 */
interface Canvas {
  record At(double x, double y) {}

  /** Where a text stands relative to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * @param dash lengths of stroke and gap, pixels; empty for a solid line
   */
  record Stroke(String color, double width, List<Double> dash) {
    static Stroke solid(String color, double width) {
      return new Stroke(color, width, List.of());
    }
  }

  void line(List<At> points, Stroke stroke);

  /** A closed shape, filled. */
  void fill(List<At> outline, String color, double opacity);

  void dot(At center, double radius, String color, double opacity);

  void text(At baseline, String text, double size, String color, Anchor anchor, boolean bold);

  /** Reads from bottom to top; centred. */
  void verticalText(At center, String text, double size, String color);
}
