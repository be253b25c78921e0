package org.finegrain.report.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The colour of the cells of a matrix whose share is within a range. Each shade is clearly darker
 * than the one before, so that they can be told apart in grey. The first one can be seen on white,
 * as most mistakes of a network with many classes are single images. The colours are those of
 * ColorBrewer's sequential blues (C. A. Brewer, 2002).
 *
 * @param above the share that the range begins above
 */
record Shade(String name, double above, Color color) implements Swatch {
  static final List<Shade> ALL =
      List.of(
          new Shade("up to 5 %", 0, new Color(0x9ecae1)),
          new Shade("5 to 20 %", 0.05, new Color(0x4292c6)),
          new Shade("20 to 50 %", 0.2, new Color(0x08519c)),
          new Shade("above 50 %", 0.5, new Color(0x08203f)));

  private static final double HALF = 6;

  @Override
  public void paint(Graphics2D graphics, double left, double middle) {
    graphics.setPaint(color);
    graphics.fill(
        new Rectangle2D.Double(left + WIDTH - 2 * HALF, middle - HALF, 2 * HALF, 2 * HALF));
  }
}
