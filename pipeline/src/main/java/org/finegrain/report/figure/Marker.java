package org.finegrain.report.figure;

import java.util.List;
import org.finegrain.report.figure.Canvas.Position;

/**
 * The shape of the points of a series. Shapes and dashes tell series apart where colours do not.
 *
 * @param outline the corners around the point, in units of the radius; empty for a circle
 */
record Marker(List<Position> outline) {
  /** All markers: circle, square, triangle, diamond, and triangle upside down. */
  static final List<Marker> ALL =
      List.of(
          new Marker(List.of()),
          new Marker(
              List.of(
                  new Position(-0.9, -0.9),
                  new Position(0.9, -0.9),
                  new Position(0.9, 0.9),
                  new Position(-0.9, 0.9))),
          new Marker(
              List.of(new Position(0, -1.2), new Position(1.15, 0.8), new Position(-1.15, 0.8))),
          new Marker(
              List.of(
                  new Position(0, -1.3),
                  new Position(1.3, 0),
                  new Position(0, 1.3),
                  new Position(-1.3, 0))),
          new Marker(
              List.of(new Position(0, 1.2), new Position(1.15, -0.8), new Position(-1.15, -0.8))));

  /** Draws the marker around {@code center}. */
  void paint(Canvas canvas, Position center, double radius, String color) {
    if (outline.isEmpty()) {
      canvas.dot(center, radius, color, 1);
    } else {
      canvas.fill(
          outline.stream()
              .map(at -> new Position(center.x() + radius * at.x(), center.y() + radius * at.y()))
              .toList(),
          color,
          1);
    }
  }
}
