package org.finegrain.report.statistics;

/**
 * A variance that is estimated from the deviations of several rows, each from its own mean.
 *
 * @param squares the sum of the squared deviations, in squared fractions
 * @param degreesOfFreedom the number of deviations less the number of rows
 */
public record PooledVariance(double squares, int degreesOfFreedom) {
  static final PooledVariance NONE = new PooledVariance(0, 0);

  PooledVariance plus(PooledVariance other) {
    return new PooledVariance(squares + other.squares, degreesOfFreedom + other.degreesOfFreedom);
  }

  /** Returns the variance; NaN without a degree of freedom. */
  public double value() {
    return degreesOfFreedom == 0 ? Double.NaN : squares / degreesOfFreedom;
  }

  /** Returns the standard deviation, as a fraction; NaN without a degree of freedom. */
  public double std() {
    return Math.sqrt(value());
  }
}
