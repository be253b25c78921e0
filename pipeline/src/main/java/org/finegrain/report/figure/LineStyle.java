package org.finegrain.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;

/**
 * The look of a series. Colours are those of Okabe and Ito, "Color Universal Design" (2008),
 * without the yellow, which is hard to see on white. Dashes and markers differ from series to
 * series too, so that the lines can be told apart without any colour.
 *
 * @param dash the lengths of dashes and gaps in turn; empty for a solid line
 * @param marker the shape of a point, around (0, 0); empty for a line without points
 */
record LineStyle(Color color, List<Float> dash, Optional<Shape> marker) implements Swatch {
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9),
          new Color(0x444444));
  private static final List<List<Float>> DASHES =
      List.of(List.of(), List.of(6f, 3f), List.of(2f, 2f), List.of(8f, 2f, 2f, 2f));
  private static final List<Shape> MARKERS =
      List.of(
          new Ellipse2D.Double(-1, -1, 2, 2),
          polygon(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
          polygon(0, -1.2, 1.15, 0.8, -1.15, 0.8),
          polygon(0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0),
          polygon(0, 1.2, 1.15, -0.8, -1.15, -0.8));
  private static final double RADIUS = 3.8;

  /** The look of a line that others are compared with. */
  static final LineStyle REFERENCE =
      new LineStyle(new Color(0x777777), List.of(5f, 4f), Optional.empty());

  /** Returns the style of the series with this index, from 0. Styles repeat after a while. */
  static LineStyle of(int index) {
    return new LineStyle(
        COLORS.get(index % COLORS.size()),
        DASHES.get(index % DASHES.size()),
        Optional.of(MARKERS.get(index % MARKERS.size())));
  }

  BasicStroke stroke(double width) {
    if (dash.isEmpty()) {
      return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] lengths = new float[dash.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = dash.get(i);
    }
    return new BasicStroke(
        (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
  }

  /** Returns the marker in its size, around (0, 0). */
  Shape point() {
    return AffineTransform.getScaleInstance(RADIUS, RADIUS)
        .createTransformedShape(marker.orElseThrow());
  }

  @Override
  public void paint(Graphics2D graphics, double left, double middle) {
    graphics.setPaint(color);
    graphics.setStroke(stroke(2));
    graphics.draw(new Line2D.Double(left, middle, left + WIDTH, middle));
    if (marker.isPresent()) {
      paintMarker(graphics, left + WIDTH / 2.0, middle);
    }
  }

  /** Draws the marker around (x, y). */
  void paintMarker(Graphics2D graphics, double x, double y) {
    graphics.setPaint(color);
    graphics.fill(AffineTransform.getTranslateInstance(x, y).createTransformedShape(point()));
  }

  private static Shape polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }
}
