package org.finegrain.report.figure;

import java.awt.Graphics2D;

/** The look of something that a legend names. */
interface Swatch {
  int WIDTH = 34;

  /**
   * Draws a sample of {@link #WIDTH} pixels, from {@code left}, around the height {@code middle}.
   */
  void paint(Graphics2D graphics, double left, double middle);
}
