package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.loss.LossTarget;

/**
 * The target of a batch as the criterion sees it: shape (N,3), a row holding a sample's label (from
 * 0), the step (from 0), and how many samples of the whole batch, over all replicas, have that
 * label. The step lets the criterion draw the mask of CC-Loss as a function of (seed, step), the
 * same in every replica; the count is for center loss, and 0 without it. All are exact in a float
 * up to 2^24.
 */
public final class TrainingTarget {
  public static final int COLUMNS = 3;

  private TrainingTarget() {}

  public static void write(float[] target, int row, int label, long step) {
    target[COLUMNS * row] = label;
    target[COLUMNS * row + 1] = step;
  }

  /** Fills in the counts of all rows, where labels are written already. */
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
