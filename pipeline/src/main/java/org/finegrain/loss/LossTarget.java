package org.finegrain.loss;

/**
 * The target of a loss: what it needs to know of a replica's part of a batch besides the network's
 * output.
 *
 * @param labels the label of each sample, from 0
 * @param counts for each sample, the number of samples in the whole batch (over all replicas) that
 *     have its label; only {@link CenterLoss} reads it
 * @param step the step of the training, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LossTarget(int[] labels, int[] counts, long step) {
  /** Returns the target of a batch of which one replica has all samples. */
  public static LossTarget ofWholeBatch(int[] labels, long step) {
    int[] counts = new int[labels.length];
    for (int n = 0; n < labels.length; n++) {
      for (int label : labels) {
        if (label == labels[n]) {
          counts[n]++;
        }
      }
    }
    return new LossTarget(labels, counts, step);
  }
}
