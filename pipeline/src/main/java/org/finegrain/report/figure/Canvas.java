package org.finegrain.report.figure;

import java.util.List;

/**
 * A surface that a figure is drawn on. Coordinates and lengths are in pixels, from the top left
 * corner; colours are {@code #rrggbb}; opacities are from 0 to 1.
 */
interface Canvas {
  /** A position on the canvas. */
  record Position(double x, double y) {}

  /** The part of a text that lies at the given position. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * The look of a line.
   *
   * @param dash the lengths of dashes and gaps in turn; empty for a solid line
   */
  record Stroke(String color, double width, List<Double> dash) {
    static Stroke solid(String color, double width) {
      return new Stroke(color, width, List.of());
    }
  }

  /** Draws a line from each point to the next. */
  void line(List<Position> points, Stroke stroke);

  /** Draws a closed shape and fills it. */
  void fill(List<Position> outline, String color, double opacity);

  /** Draws a filled circle. */
  void dot(Position center, double radius, String color, double opacity);

  /** Draws a text from left to right. */
  void text(Position baseline, String text, double size, String color, Anchor anchor, boolean bold);

  /** Draws a text that reads from bottom to top, centred at {@code center}. */
  void verticalText(Position center, String text, double size, String color);
}
