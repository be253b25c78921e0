package org.finegrain.dataset;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * The outline of the subject of a synthetic picture. It lies about within −1 and 1 on both axes,
 * with y downwards.
 */
enum Silhouette {
  BIRD {
    @Override
    Shape outline() {
      Area bird = new Area(new Ellipse2D.Double(-0.65, -0.4, 1.2, 0.8));
      bird.add(new Area(new Ellipse2D.Double(0.25, -0.7, 0.5, 0.5)));
      bird.add(polygon(0.7, -0.52, 1, -0.4, 0.7, -0.36));
      bird.add(polygon(-0.5, -0.15, -1, -0.3, -1, 0.15, -0.5, 0.15));
      bird.add(polygon(-0.1, 0.35, 0, 0.8, 0.08, 0.35));
      return bird;
    }
  },
  AIRCRAFT {
    @Override
    Shape outline() {
      Area aircraft = new Area(new Ellipse2D.Double(-1, -0.18, 2, 0.36));
      aircraft.add(polygon(-0.9, -0.05, -1, -0.55, -0.75, -0.55, -0.5, -0.1));
      aircraft.add(polygon(0.25, 0, -0.35, 0.65, -0.15, 0.65, 0.5, 0.05));
      aircraft.add(polygon(-0.1, -0.1, -0.4, -0.45, -0.25, -0.45, 0.2, -0.1));
      return aircraft;
    }
  },
  CAR {
    @Override
    Shape outline() {
      Area car = new Area(new Rectangle2D.Double(-1, -0.15, 2, 0.45));
      car.add(polygon(-0.7, -0.1, -0.45, -0.55, 0.3, -0.55, 0.65, -0.1));
      car.add(new Area(new Ellipse2D.Double(-0.75, 0.1, 0.45, 0.45)));
      car.add(new Area(new Ellipse2D.Double(0.35, 0.1, 0.45, 0.45)));
      return car;
    }
  },
  DOG {
    @Override
    Shape outline() {
      Area dog = new Area(new Ellipse2D.Double(-0.7, -0.3, 1.2, 0.6));
      dog.add(new Area(new Ellipse2D.Double(0.3, -0.75, 0.55, 0.55)));
      dog.add(polygon(0.7, -0.55, 1, -0.4, 0.7, -0.3));
      dog.add(polygon(0.35, -0.5, 0.25, -1, 0.55, -0.65));
      dog.add(polygon(-0.6, -0.1, -1, -0.6, -0.5, -0.25));
      for (double leg : new double[] {-0.55, -0.3, 0.1, 0.32}) {
        dog.add(new Area(new Rectangle2D.Double(leg, 0.1, 0.13, 0.65)));
      }
      return dog;
    }
  };

  abstract Shape outline();

  private static Area polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return new Area(path);
  }
}
