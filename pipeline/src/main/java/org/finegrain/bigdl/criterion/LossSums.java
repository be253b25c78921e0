package org.finegrain.bigdl.criterion;

/**
 * The sums of a replica's loss terms over the samples of an epoch so far. They are added in the
 * order of the steps, so that their bits repeat.
 */
public final class LossSums {
  private final double[] sums;

  LossSums(int terms) {
    sums = new double[terms];
  }

  /**
   * Adds the terms of some samples.
   *
   * @param means the mean of each term over the samples
   * @param samples the number of samples
   */
  void add(double[] means, int samples) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += means[i] * samples;
    }
  }

  /** Returns a copy of the sums, one for each term. */
  public double[] read() {
    return sums.clone();
  }

  /** Replaces the sums by those that {@link #read} returned. */
  public void restore(double[] read) {
    System.arraycopy(read, 0, sums, 0, sums.length);
  }
}
