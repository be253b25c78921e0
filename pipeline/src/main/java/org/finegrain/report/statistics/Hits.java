package org.finegrain.report.statistics;

/**
 * An accuracy as it was counted. Counts are compared exactly, which their quotients cannot be.
 *
 * @param count samples that were predicted right, from 0 to {@code samples}
 * @param samples of the split, at least 1
 */
public record Hits(long count, long samples) {
  /** How far a quotient that a file holds may be from the count, in samples: far above rounding. */
  private static final double TOLERANCE = 1e-3;

  public Hits {
    if (samples < 1 || count < 0 || count > samples) {
      throw new IllegalArgumentException(count + " hits of " + samples + " samples are impossible");
    }
  }

  /**
   * The count behind a quotient.
   *
   * @throws IllegalArgumentException if no count of so many samples gives {@code share}
   */
  public static Hits ofShare(double share, long samples) {
    double count = share * samples;
    if (!(Math.abs(count - Math.rint(count)) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "an accuracy of " + share + " is no count of " + samples + " samples");
    }
    return new Hits(Math.round(count), samples);
  }

  /** From 0 to 1. */
  public double share() {
    return (double) count / samples;
  }
}
