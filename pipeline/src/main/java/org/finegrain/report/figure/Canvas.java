package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/**
 * A surface that a figure is drawn on. Coordinates and lengths are in pixels, from the top left
 * corner.
 */
interface Canvas {
  /** Draws the outline of a shape. */
  void draw(Shape shape, Color color, BasicStroke stroke);

  /** Fills a shape. */
  void fill(Shape shape, Color color);

  /**
   * Draws a text.
   *
   * @param place takes the left end of the text's baseline from (0, 0) to its place
   * @param width the width that the text must have, whatever font is at hand
   */
  void text(String text, AffineTransform place, double width, SansFont font, Color color);
}
