package org.finegrain.train;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network said of one sample, as far as anything is made of it: all that executors send.
 *
 * <pre>
 *   rank of the label  = number of classes with a larger logit, or an equal one and a smaller number
 *   loss               = log Σ_j exp(z_j) − z_label
 * </pre>
 *
 * A logit that is no number is never a hit.
 *
 * @param rank of the label, from 0
 * @param loss cross entropy, in nats
 * @param classes up to five, the most probable first
 * @param probabilities of {@code classes}
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

  boolean isHit() {
    return rank == 0;
  }

  boolean isAmongTop() {
    return rank < TOP;
  }

  /** The most probable class. */
  int predicted() {
    return classes.get(0);
  }

  /** Its probability. */
  double confidence() {
    return probabilities.get(0);
  }

  /** Up to five classes, the largest logit first; of equal ones the smaller class. */
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
