package org.finegrain.train;

import org.finegrain.bigdl.ScoredSample;

/**
 * Scores logits.
 *
 * <pre>
 *   rank of the label  = number of classes with a larger logit, or an equal one and a smaller number
 *   top1, top5         = share of samples whose rank is below 1, below 5
 *   loss               = mean of log Σ_j exp(z_j) − z_label
 * </pre>
 *
 * The mean is taken in the order of the samples; hand them over in a fixed one. A logit that is no
 * number is never a hit.
 */
final class Evaluation {
  private static final int TOP = 5;

  private long samples;
  private long first;
  private long amongTop;
  private double loss;

  static Scores of(Iterable<ScoredSample> scored) {
    Evaluation evaluation = new Evaluation();
    scored.forEach(sample -> evaluation.add(sample.logits(), sample.label()));
    return evaluation.scores();
  }

  void add(float[] logits, int label) {
    int rank = rank(logits, label);
    samples++;
    first += rank == 0 ? 1 : 0;
    amongTop += rank < TOP ? 1 : 0;
    loss += Softmax.logSumExp(logits) - logits[label];
  }

  /**
   * @throws IllegalStateException if there were no samples
   */
  Scores scores() {
    if (samples == 0) {
      throw new IllegalStateException("Cannot score a split without samples");
    }
    return new Scores(
        samples, (double) first / samples, (double) amongTop / samples, loss / samples);
  }

  private static int rank(float[] logits, int label) {
    if (Float.isNaN(logits[label])) {
      return logits.length;
    }
    int rank = 0;
    for (int j = 0; j < logits.length; j++) {
      if (!(logits[j] < logits[label]) && (j < label || logits[j] != logits[label])) {
        rank += j == label ? 0 : 1;
      }
    }
    return rank;
  }
}
