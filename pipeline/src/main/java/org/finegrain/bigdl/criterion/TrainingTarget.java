package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.loss.LossTarget;

/**
 * The target of a batch as the criterion reads it, a tensor (N,3). The row of a sample holds
 *
 * <ul>
 *   <li>its label, from 0;
 *   <li>the step, from 0: with the seed it decides the mask of CC-Loss, which so is the same in
 *       every replica;
 *   <li>the number of samples with this label in the whole batch, over all replicas, which center
 *       loss needs; 0 without center loss.
 * </ul>
 *
 * All three are exact in a float up to 2^24.
 */
public final class TrainingTarget {
  /** The number of columns. */
  public static final int COLUMNS = 3;

  private TrainingTarget() {}

  /** Writes the label and the step of a row. */
  public static void write(float[] target, int row, int label, long step) {
    target[COLUMNS * row] = label;
    target[COLUMNS * row + 1] = step;
  }

  /** Writes the counts of all rows, whose labels must have been written. */
  public static void writeCounts(float[] target, int[] labelsOfAllReplicas) {
    for (int row = 0; row < target.length / COLUMNS; row++) {
      int count = 0;
      for (int label : labelsOfAllReplicas) {
        if (label == (int) target[COLUMNS * row]) {
          count++;
        }
      }
      target[COLUMNS * row + 2] = count;
    }
  }

  /** Reads a target tensor (N,3). */
  public static LossTarget read(Tensor<Object> target) {
    int[] labels = new int[target.size(1)];
    int[] counts = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (int) at(target, row, 0);
      counts[row] = (int) at(target, row, 2);
    }
    return new LossTarget(labels, counts, (long) at(target, 0, 1));
  }

  private static float at(Tensor<Object> target, int row, int column) {
    float[] values = (float[]) target.storage().array();
    return values[target.storageOffset() - 1 + row * target.stride(1) + column];
  }
}
