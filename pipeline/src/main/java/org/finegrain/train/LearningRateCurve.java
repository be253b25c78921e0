package org.finegrain.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The loss of a training with a rising learning rate, and the learning rate that it suggests.
 *
 * <pre>
 *   smoothed(t) = m(t) / (1 − 0.9^(t+1))    m(t) = 0.9 · m(t−1) + 0.1 · loss(t), m(−1) = 0
 *   suggestion  = a tenth of the rate with the smallest smoothed loss
 * </pre>
 *
 * Source: Smith, Cyclical learning rates for training neural networks, WACV 2017; the suggestion is
 * the usual rule of thumb for reading its figure.
 *
 * @param points the points, in the order of the steps
 */
public record LearningRateCurve(List<Point> points) {
  private static final double SMOOTHING = 0.9;
  private static final double EXPLODED = 4; // in units of the smallest smoothed loss

  /**
   * A point of the curve, which is one step.
   *
   * @param loss the loss of the step's batch, before its update
   */
  public record Point(double learningRate, double loss, double smoothedLoss) {}

  /** Copies the points. */
  public LearningRateCurve {
    points = List.copyOf(points);
  }

  /** Returns the learning rate to begin a training with. */
  public double suggestion() {
    return best(points).learningRate() / 10;
  }

  /** Returns {@code curve.csv}, as specified in {@code docs/formats.md}. */
  public String csv() {
    StringBuilder text = new StringBuilder("step,learning-rate,loss,smoothed-loss\n");
    for (int step = 0; step < points.size(); step++) {
      Point point = points.get(step);
      text.append(step).append(',').append(point.learningRate()).append(',');
      text.append(point.loss()).append(',').append(point.smoothedLoss()).append('\n');
    }
    return text.toString();
  }

  private static Point best(List<Point> points) {
    return points.stream().min(Comparator.comparingDouble(Point::smoothedLoss)).orElseThrow();
  }

  /** Collects the points of a curve. */
  static final class Builder {
    private final List<Point> points = new ArrayList<>();
    private double average;

    void add(double learningRate, double loss) {
      average = SMOOTHING * average + (1 - SMOOTHING) * loss;
      double smoothed = average / (1 - Math.pow(SMOOTHING, points.size() + 1));
      points.add(new Point(learningRate, loss, smoothed));
    }

    int size() {
      return points.size();
    }

    /** Returns whether the loss has exploded, so that larger rates need not be tried. */
    boolean hasExploded() {
      return points.get(points.size() - 1).smoothedLoss() > EXPLODED * best(points).smoothedLoss();
    }

    LearningRateCurve build() {
      return new LearningRateCurve(points);
    }
  }
}
