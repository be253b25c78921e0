package org.finegrain.loss;

/** CC-Loss computed from its formulas in double, with one plain loop for each sum. */
final class PlainCcLoss {
  private final int[] sizes;
  private final int positions;
  private final int[] labels;
  private final LossMask mask;
  private final int channels;

  final double[] f;

  PlainCcLoss(int[] sizes, int positions, int[] labels, LossMask mask, double[] f) {
    this.sizes = sizes;
    this.positions = positions;
    this.labels = labels;
    this.mask = mask;
    this.channels = mask.channels();
    this.f = f;
  }

  double loss(double lambda) {
    return discrimination() + lambda * (1 - coverage());
  }

  double discrimination() {
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double sum = 0;
      for (int i = 0; i < sizes.length; i++) {
        sum += Math.exp(logit(n, i));
      }
      loss += Math.log(sum) - logit(n, labels[n]);
    }
    return loss / labels.length;
  }

  double coverage() {
    double h = 0;
    for (int n = 0; n < labels.length; n++) {
      for (int i = 0; i < sizes.length; i++) {
        for (int p = 0; p < positions; p++) {
          double max = 0;
          for (int j = first(i); j < first(i) + sizes[i]; j++) {
            max = Math.max(max, probability(n, j, p));
          }
          h += max / sizes[i];
        }
      }
    }
    return h / labels.length / sizes.length;
  }

  private double logit(int n, int i) {
    double sum = 0;
    for (int p = 0; p < positions; p++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = first(i); j < first(i) + sizes[i]; j++) {
        max = Math.max(max, mask.keeps(j) ? f[at(n, j, p)] : 0);
      }
      sum += max;
    }
    return sum / positions;
  }

  private double probability(int n, int j, int p) {
    double sum = 0;
    for (int q = 0; q < positions; q++) {
      sum += Math.exp(f[at(n, j, q)]);
    }
    return Math.exp(f[at(n, j, p)]) / sum;
  }

  private int first(int group) {
    int first = 0;
    for (int i = 0; i < group; i++) {
      first += sizes[i];
    }
    return first;
  }

  private int at(int n, int channel, int position) {
    return (n * channels + channel) * positions + position;
  }
}
