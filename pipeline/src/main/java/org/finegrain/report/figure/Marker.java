package org.finegrain.report.figure;

import java.util.List;
import org.finegrain.report.figure.Canvas.At;

/**
 * The shape of a series' points. With the dashes it tells series apart where colours do not.
 *
 * @param outline around the point, in radii; empty for a circle
 */
record Marker(List<At> outline) {
  /** Circle, square, triangle, diamond, and the triangle upside down. */
  static final List<Marker> ALL =
      List.of(
          new Marker(List.of()),
          new Marker(
              List.of(new At(-0.9, -0.9), new At(0.9, -0.9), new At(0.9, 0.9), new At(-0.9, 0.9))),
          new Marker(List.of(new At(0, -1.2), new At(1.15, 0.8), new At(-1.15, 0.8))),
          new Marker(List.of(new At(0, -1.3), new At(1.3, 0), new At(0, 1.3), new At(-1.3, 0))),
          new Marker(List.of(new At(0, 1.2), new At(1.15, -0.8), new At(-1.15, -0.8))));

  void paint(Canvas canvas, At center, double radius, String color) {
    if (outline.isEmpty()) {
      canvas.dot(center, radius, color, 1);
    } else {
      canvas.fill(
          outline.stream()
              .map(at -> new At(center.x() + radius * at.x(), center.y() + radius * at.y()))
              .toList(),
          color,
          1);
    }
  }
}
