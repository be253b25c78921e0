package org.finegrain.loss;

/**
 * What a loss knows of a replica's part of a batch besides the network's output.
 *
 * @param labels from 0
 * @param counts how many samples of the whole batch, over all replicas, have the label of each
 *     sample; read by {@link CenterLoss} alone
 * @param step of the training, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LossTarget(int[] labels, int[] counts, long step) {
  /** Of a batch that one replica sees alone. */
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
