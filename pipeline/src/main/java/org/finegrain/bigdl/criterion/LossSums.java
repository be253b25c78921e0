package org.finegrain.bigdl.criterion;

/** Sums of a replica's loss terms over samples, in the order of the steps. */
public final class LossSums {
  private final double[] sums;

  LossSums(int terms) {
    sums = new double[terms];
  }

  /**
   * @param means over {@code samples}
   */
  void add(double[] means, int samples) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += means[i] * samples;
    }
  }

  public double[] read() {
    return sums.clone();
  }

  public void restore(double[] read) {
    System.arraycopy(read, 0, sums, 0, sums.length);
  }
}
