package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A canvas that becomes a PNG image of twice the size, for print. Needs a font that Java finds. */
final class PngCanvas implements Canvas {
  private static final double SCALE = 2;
  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(double width, double height) {
    image =
        new BufferedImage(
            (int) Math.ceil(width * SCALE),
            (int) Math.ceil(height * SCALE),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** Returns the image as a PNG file. Nothing can be drawn afterwards. */
  byte[] bytes() throws IOException {
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Override
  public void draw(Shape shape, Color color, BasicStroke stroke) {
    graphics.setColor(color);
    graphics.setStroke(stroke);
    graphics.draw(shape);
  }

  @Override
  public void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  @Override
  public void text(String text, AffineTransform place, double width, SansFont font, Color color) {
    AffineTransform before = graphics.getTransform();
    graphics.setFont(new Font(Font.SANS_SERIF, font.getStyle(), font.getSize()));
    graphics.setColor(color);
    graphics.transform(place);
    double own = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    graphics.scale(own > 0 ? width / own : 1, 1);
    graphics.drawString(text, 0, 0);
    graphics.setTransform(before);
  }
}
