package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
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
  public void line(List<Position> points, Stroke stroke) {
    graphics.setColor(Color.decode(stroke.color()));
    graphics.setStroke(basic(stroke));
    graphics.draw(path(points));
  }

  @Override
  public void fill(List<Position> outline, String color, double opacity) {
    graphics.setColor(translucent(color, opacity));
    Path2D path = path(outline);
    path.closePath();
    graphics.fill(path);
  }

  @Override
  public void dot(Position center, double radius, String color, double opacity) {
    graphics.setColor(translucent(color, opacity));
    graphics.fill(
        new Ellipse2D.Double(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(
      Position baseline, String text, double size, String color, Anchor anchor, boolean bold) {
    graphics.setFont(font(size, bold));
    graphics.setColor(Color.decode(color));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double left =
        switch (anchor) {
          case START -> baseline.x();
          case MIDDLE -> baseline.x() - width / 2;
          case END -> baseline.x() - width;
        };
    graphics.drawString(text, (float) left, (float) baseline.y());
  }

  @Override
  public void verticalText(Position center, String text, double size, String color) {
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, center.x(), center.y());
    text(center, text, size, color, Anchor.MIDDLE, false);
    graphics.setTransform(upright);
  }

  private static Font font(double size, boolean bold) {
    return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
  }

  private static Color translucent(String color, double opacity) {
    Color opaque = Color.decode(color);
    return new Color(
        opaque.getRed(), opaque.getGreen(), opaque.getBlue(), (int) Math.round(255 * opacity));
  }

  private static BasicStroke basic(Stroke stroke) {
    float width = (float) stroke.width();
    if (stroke.dash().isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] dash = new float[stroke.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = stroke.dash().get(i).floatValue();
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }

  private static Path2D path(List<Position> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.stream().skip(1).forEach(at -> path.lineTo(at.x(), at.y()));
    return path;
  }
}
