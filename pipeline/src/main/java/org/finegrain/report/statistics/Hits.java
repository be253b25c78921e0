package org.finegrain.report.statistics;

import java.io.Serializable;

/**
 * An accuracy as a count of right predictions. Counts can be compared exactly, fractions cannot.
 *
 * @param count the number of samples that were predicted right, from 0 to {@code samples}
 * @param samples the number of samples in the split, at least 1
 */
public record Hits(long count, long samples) implements Serializable {
  /**
   * The largest distance, in samples, between a fraction read from a file and a whole count; it is
   * far above rounding errors.
   */
  private static final double TOLERANCE = 1e-3;

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if the counts are impossible
   */
  public Hits {
    if (samples < 1 || count < 0 || count > samples) {
      throw new IllegalArgumentException(count + " hits of " + samples + " samples are impossible");
    }
  }

  /**
   * Returns the count behind a fraction.
   *
   * @param fraction the accuracy, from 0 to 1
   * @throws IllegalArgumentException if no count of so many samples gives {@code fraction}
   */
  public static Hits ofFraction(double fraction, long samples) {
    double count = fraction * samples;
    if (!(Math.abs(count - Math.rint(count)) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "an accuracy of " + fraction + " is impossible with " + samples + " samples");
    }
    return new Hits(Math.round(count), samples);
  }

  /** Returns the accuracy as a fraction, from 0 to 1. */
  public double fraction() {
    return (double) count / samples;
  }
}
