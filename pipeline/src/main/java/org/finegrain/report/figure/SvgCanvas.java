package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.finegrain.report.markup.Markup;

/** A canvas that becomes SVG 1.1 without scripts, styles or references, to be put into a page. */
final class SvgCanvas implements Canvas {
  private static final String FONT =
      "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
  private static final int OPAQUE = 255;
  private static final String LETTERS = "MLQC"; // by the segment types of PathIterator

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String title;

  /** The look of the filled path whose element is not closed yet; empty if there is none. */
  private String openFill = "";

  SvgCanvas(double width, double height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /** Returns the SVG document. */
  String document() {
    closeFill();
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\" font-family=\"%s\">\n<title>%s</title>\n",
            number(width),
            number(height),
            number(width),
            number(height),
            FONT,
            Markup.escape(title))
        + body
        + "</svg>\n";
  }

  @Override
  public void draw(Shape shape, Color color, BasicStroke stroke) {
    closeFill();
    body.append("<path d=\"").append(path(shape)).append("\" fill=\"none\"");
    color("stroke", color);
    attribute("stroke-width", stroke.getLineWidth());
    attribute("stroke-linejoin", "round");
    if (stroke.getEndCap() == BasicStroke.CAP_ROUND) {
      attribute("stroke-linecap", "round");
    }
    if (stroke.getDashArray() != null) {
      StringBuilder dashes = new StringBuilder();
      for (float dash : stroke.getDashArray()) {
        dashes.append(dashes.isEmpty() ? "" : " ").append(number(dash));
      }
      attribute("stroke-dasharray", dashes.toString());
    }
    body.append("/>\n");
  }

  /**
   * Fills a shape. Shapes that follow one another in the same opaque colour become one element, as
   * a matrix has thousands of them.
   */
  @Override
  public void fill(Shape shape, Color color) {
    String look = color.getAlpha() == OPAQUE ? hex(color) : "";
    if (look.isEmpty() || !look.equals(openFill)) {
      closeFill();
      body.append("<path");
      color("fill", color);
      body.append(" d=\"");
    }
    body.append(path(shape));
    openFill = look.isEmpty() ? "translucent" : look;
    if (look.isEmpty()) {
      closeFill();
    }
  }

  private void closeFill() {
    body.append(openFill.isEmpty() ? "" : "\"/>\n");
    openFill = "";
  }

  @Override
  public void text(String text, AffineTransform place, double width, SansFont font, Color color) {
    if (text.isBlank()) {
      return;
    }
    closeFill();
    body.append("<text");
    if (place.getShearX() == 0 && place.getShearY() == 0) {
      attribute("x", place.getTranslateX());
      attribute("y", place.getTranslateY());
    } else {
      attribute(
          "transform",
          String.format(
              Locale.ROOT,
              "matrix(%s %s %s %s %s %s)",
              number(place.getScaleX()),
              number(place.getShearY()),
              number(place.getShearX()),
              number(place.getScaleY()),
              number(place.getTranslateX()),
              number(place.getTranslateY())));
    }
    attribute("font-size", font.getSize());
    if (font.isBold()) {
      attribute("font-weight", "bold");
    }
    color("fill", color);
    attribute("textLength", width);
    attribute("lengthAdjust", "spacingAndGlyphs");
    body.append('>').append(Markup.escape(text)).append("</text>\n");
  }

  private void color(String name, Color color) {
    attribute(name, hex(color));
    if (color.getAlpha() != OPAQUE) {
      attribute(name + "-opacity", (double) color.getAlpha() / OPAQUE);
    }
  }

  private static String hex(Color color) {
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
  }

  private void attribute(String name, double value) {
    attribute(name, number(value));
  }

  private void attribute(String name, String value) {
    body.append(' ').append(name).append("=\"").append(value).append('"');
  }

  private static String path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] points = new double[6];
    String x = "";
    String y = "";
    for (PathIterator it = shape.getPathIterator(null); !it.isDone(); it.next()) {
      int type = it.currentSegment(points);
      int last = coordinates(type) - 2; // the place of the point that the segment ends at
      if (last < 0) {
        path.append('Z');
        x = "";
        y = "";
        continue;
      }
      String nextX = number(points[last]);
      String nextY = number(points[last + 1]);
      if (type == PathIterator.SEG_LINETO && nextY.equals(y)) {
        path.append('H').append(nextX);
      } else if (type == PathIterator.SEG_LINETO && nextX.equals(x)) {
        path.append('V').append(nextY);
      } else {
        path.append(LETTERS.charAt(type));
        for (int i = 0; i < last; i++) {
          path.append(number(points[i])).append(' ');
        }
        path.append(nextX).append(' ').append(nextY);
      }
      x = nextX;
      y = nextY;
    }
    return path.toString();
  }

  private static int coordinates(int segment) {
    return switch (segment) {
      case PathIterator.SEG_CLOSE -> 0;
      case PathIterator.SEG_QUADTO -> 4;
      case PathIterator.SEG_CUBICTO -> 6;
      default -> 2;
    };
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
