package org.finegrain.report.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.report.markup.Markup;

/** A canvas that becomes SVG 1.1 without scripts, styles or references, to be put into a page. */
final class SvgCanvas implements Canvas {
  private static final String FONT =
      "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String title;

  SvgCanvas(double width, double height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /** Returns the SVG document. */
  String document() {
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
  public void line(List<Position> points, Stroke stroke) {
    String dash =
        stroke.dash().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " stroke-dasharray=\"%s\"",
                stroke.dash().stream().map(SvgCanvas::number).collect(Collectors.joining(" ")));
    body.append(
        String.format(
            Locale.ROOT,
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>\n",
            path(points),
            stroke.color(),
            number(stroke.width()),
            dash));
  }

  @Override
  public void fill(List<Position> outline, String color, double opacity) {
    body.append(
        String.format(
            Locale.ROOT,
            "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>\n",
            path(outline),
            color,
            number(opacity)));
  }

  @Override
  public void dot(Position center, double radius, String color, double opacity) {
    body.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>\n",
            number(center.x()),
            number(center.y()),
            number(radius),
            color,
            number(opacity)));
  }

  @Override
  public void text(
      Position baseline, String text, double size, String color, Anchor anchor, boolean bold) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"%s\"%s>%s</text>\n",
            number(baseline.x()),
            number(baseline.y()),
            number(size),
            color,
            anchor.name().toLowerCase(Locale.ROOT),
            bold ? " font-weight=\"bold\"" : "",
            Markup.escape(text)));
  }

  @Override
  public void verticalText(Position center, String text, double size, String color) {
    String x = number(center.x());
    String y = number(center.y());
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"middle\" transform=\"rotate(-90 %s %s)\">%s</text>\n",
            x,
            y,
            number(size),
            color,
            x,
            y,
            Markup.escape(text)));
  }

  private static String path(List<Position> points) {
    return points.stream()
        .map(at -> number(at.x()) + "," + number(at.y()))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
