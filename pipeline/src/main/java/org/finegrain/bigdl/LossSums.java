package org.finegrain.bigdl;

import java.util.Arrays;

/**
 * Sums of a replica's loss terms over samples, in the order of the steps. A step that is tried
 * again counts once.
 */
final class LossSums {
  private final double[] sums;
  private final double[] newest;
  private long step;

  LossSums(int terms) {
    sums = new double[terms];
    newest = new double[terms];
  }

  /** What is added from now on is of {@code nextStep}, which may be the present one again. */
  void begin(long nextStep) {
    if (nextStep != step) {
      System.arraycopy(read(), 0, sums, 0, sums.length);
      step = nextStep;
    }
    Arrays.fill(newest, 0);
  }

  /**
   * @param means over {@code samples}
   */
  void add(double[] means, int samples) {
    for (int i = 0; i < newest.length; i++) {
      newest[i] += means[i] * samples;
    }
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
    Arrays.fill(newest, 0);
  }
}
