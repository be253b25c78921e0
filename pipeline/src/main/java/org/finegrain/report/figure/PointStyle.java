package org.finegrain.report.figure;

import java.awt.Graphics2D;

/**
 * The look of a point that stands alone: its marker without a line.
 *
 * @param look the look of a series with the same marker and colour
 */
record PointStyle(LineStyle look) implements Swatch {
  @Override
  public void paint(Graphics2D graphics, double left, double middle) {
    look.paintMarker(graphics, left + WIDTH / 2.0, middle);
  }
}
