package org.finegrain.train;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The prediction for one sample, reduced to what scores and files need.
 *
 * <pre>
 *     rank of the label  = number of classes with a larger logit, or with an equal one and a smaller number
 *   loss               = log Σ_j exp(z_j) − z_label
 * </pre>
 *
 * A label whose logit is NaN is never a hit.
 *
 * @param id the id of the image
 * @param rank the rank of the label, from 0
 * @param loss the cross entropy, in nats
 * @param classes up to five classes, the most probable first
 * @param probabilities the probabilities of {@code classes}
 */
record Prediction(
    String id, int label, int rank, double loss, List<Integer> classes, List<Double> probabilities)
    implements Serializable {
  private static final int TOP = 5;

  Prediction {
    classes = List.copyOf(classes);
    probabilities = List.copyOf(probabilities);
  }

  static Prediction of(String id, int label, double... logits) {
    List<Integer> top = top(logits);
    double[] probabilities = Softmax.probabilities(logits);
    return new Prediction(
        id,
        label,
        rank(logits, label),
        Softmax.logSumExp(logits) - logits[label],
        top,
        top.stream().map(j -> probabilities[j]).toList());
  }

  /** Returns whether the label has the largest logit. */
  boolean isHit() {
    return rank == 0;
  }

  /** Returns whether the label is among the five largest logits. */
  boolean isInTop() {
    return rank < TOP;
  }

  /** Returns the most probable class. */
  int predictedClass() {
    return classes.get(0);
  }

  /** Returns the probability of the most probable class. */
  double confidence() {
    return probabilities.get(0);
  }

  /**
   * Returns up to five classes, by falling logit; among equal logits the smaller class is first.
   */
  private static List<Integer> top(double... logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(
                    j -> Double.isNaN(logits[j]) ? Double.POSITIVE_INFINITY : -logits[j])
                .thenComparing(Comparator.naturalOrder()))
        .limit(TOP)
        .toList();
  }

  private static int rank(double[] logits, int label) {
    if (Double.isNaN(logits[label])) {
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
