package org.finegrain.bigdl;

/** Sums of a replica's loss terms over samples, in the order of the steps. */
final class LossSums {
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

  double[] read() {
    return sums.clone();
  }

  void restore(double[] read) {
    System.arraycopy(read, 0, sums, 0, sums.length);
  }
}
