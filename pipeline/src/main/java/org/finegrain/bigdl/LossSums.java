package org.finegrain.bigdl;

import java.util.Arrays;

/**
 * Sums of a replica's loss terms over samples, in the order of the steps. A step that is tried
 * again counts once.
 */
final class LossSums {
  private final double[] sums;
  private double[] newest;
  private long step;

  LossSums(int terms) {
    sums = new double[terms];
    newest = new double[terms];
  }

  /**
   * @param means over {@code samples}
   */
  void add(long atStep, double[] means, int samples) {
    if (atStep != step) {
      System.arraycopy(read(), 0, sums, 0, sums.length);
      step = atStep;
    }
    newest = Arrays.stream(means).map(mean -> mean * samples).toArray();
  }

  double[] read() {
    double[] all = new double[sums.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = sums[i] + newest[i];
    }
    return all;
  }

  void restore(double[] read) {
    clear();
    System.arraycopy(read, 0, sums, 0, sums.length);
  }

  void clear() {
    Arrays.fill(sums, 0);
    newest = new double[sums.length];
  }
}
