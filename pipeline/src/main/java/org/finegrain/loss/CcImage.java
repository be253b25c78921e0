package org.finegrain.loss;

/**
 * CC-Loss of one image. {@link CcLoss} has the formulas and shapes.
 *
 * <p>The feature map is passed over group by group. The probabilities of a group are computed,
 * compared and turned into their gradient while they are in the cache. Everything is in double, so
 * that the values of two channels decide which of them wins a position, and not rounding.
 */
final class CcImage {
  private final int[] sizes;
  private final int largest;

  private int positions = -1;
  private double[] probability;
  private double[] best;
  private int[] winner;
  private final double[] won;

  /**
   * The channel that has the largest value at each position of each group, where a dropped channel
   * counts as 0. It is −1 where a dropped channel is the largest.
   */
  private int[] logitChannel;

  final double[] logits;
  private final double[] row;

  double discrimination;
  double coverage;

  CcImage(int[] sizes, int largest) {
    this.sizes = sizes;
    this.largest = largest;
    won = new double[largest];
    logits = new double[sizes.length];
    row = new double[sizes.length];
  }

  void resize(int positions) {
    if (this.positions != positions) {
      this.positions = positions;
      probability = new double[largest * positions];
      best = new double[positions];
      winner = new int[positions];
      logitChannel = new int[sizes.length * positions];
    }
  }

  /**
   * Writes {@code discriminationWeight · ∂L_dis/∂f + coverageWeight · ∂h/∂f}, where L_dis and h are
   * those of this image alone.
   */
  void valueAndGradient(
      float[] f,
      int from,
      int label,
      LossMask mask,
      double discriminationWeight,
      double coverageWeight,
      float[] df,
      int to) {
    double sum = 0;
    int first = 0;
    for (int i = 0; i < sizes.length; i++) {
      logits[i] = logit(i, first, f, from, mask);
      sum += covered(i, first, f, from);
      coverageGradient(i, coverageWeight / sizes.length / sizes[i], df, to + first * positions);
      first += sizes[i];
    }
    finish(label, sum);
    addDiscriminationGradient(label, discriminationWeight, df, to);
  }

  private void finish(int label, double coverageSum) {
    coverage = coverageSum / sizes.length;
    System.arraycopy(logits, 0, row, 0, row.length);
    discrimination = Softmax.crossEntropy(row, label);
  }

  /**
   * Returns the mean over the positions of the group's largest value, where a dropped channel
   * counts as 0.
   */
  private double logit(int group, int first, float[] f, int from, LossMask mask) {
    int base = group * positions;
    for (int j = 0; j < sizes[group]; j++) {
      int channel = first + j;
      boolean kept = mask.keeps(channel);
      int source = from + channel * positions;
      for (int p = 0; p < positions; p++) {
        double value = kept ? f[source + p] : 0;
        if (j == 0 || value > best[p]) {
          best[p] = value;
          logitChannel[base + p] = kept ? channel : -1;
        }
      }
    }
    return sumOfBest() / positions;
  }

  /** Returns (1/s) Σ over the positions of the largest probability in the group. */
  private double covered(int group, int first, float[] f, int from) {
    for (int j = 0; j < sizes[group]; j++) {
      softmax(f, from + (first + j) * positions, j * positions);
      won[j] = 0;
      for (int p = 0; p < positions; p++) {
        double value = probability[j * positions + p];
        if (j == 0 || value > best[p]) {
          best[p] = value;
          winner[p] = j;
        }
      }
    }
    for (int p = 0; p < positions; p++) {
      won[winner[p]] += best[p];
    }
    return sumOfBest() / sizes[group];
  }

  private void softmax(float[] f, int source, int to) {
    // A branch, because Math.max is slow outside vector loops. A NaN that it misses is in the sum.
    float max = f[source];
    for (int p = 1; p < positions; p++) {
      if (f[source + p] > max) {
        max = f[source + p];
      }
    }
    double sum = 0;
    for (int p = 0; p < positions; p++) {
      double e = Math.exp((double) f[source + p] - max);
      probability[to + p] = e;
      sum += e;
    }
    double scale = 1 / sum;
    for (int p = 0; p < positions; p++) {
      probability[to + p] *= scale;
    }
  }

  private double sumOfBest() {
    double sum = 0;
    for (int p = 0; p < positions; p++) {
      sum += best[p];
    }
    return sum;
  }

  /**
   * Writes the gradient through the softmax. dP is {@code weight} at the positions that a channel
   * wins, and 0 elsewhere.
   */
  private void coverageGradient(int group, double weight, float[] df, int to) {
    for (int j = 0; j < sizes[group]; j++) {
      for (int p = 0; p < positions; p++) {
        int at = j * positions + p;
        double upstream = winner[p] == j ? 1 : 0;
        df[to + at] = (float) (weight * probability[at] * (upstream - won[j]));
      }
    }
  }

  private void addDiscriminationGradient(int label, double weight, float[] df, int to) {
    row[label] -= 1;
    for (int i = 0; i < sizes.length; i++) {
      float share = (float) (weight * row[i] / positions);
      for (int p = 0; p < positions; p++) {
        int channel = logitChannel[i * positions + p];
        if (channel >= 0) {
          df[to + channel * positions + p] += share;
        }
      }
    }
  }
}
