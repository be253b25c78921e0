package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.tensor.Tensor;

/**
 * The target of a batch as the criterion sees it: shape (N,2), a row holding a sample's label (from
 * 0) and the step (from 0). The step lets the criterion draw the mask of CC-Loss as a function of
 * (seed, step), the same in every replica; both are exact in a float up to 2^24.
 */
final class TrainingTarget {
  static final int COLUMNS = 2;

  private TrainingTarget() {}

  static void write(float[] target, int row, int label, long step) {
    target[COLUMNS * row] = label;
    target[COLUMNS * row + 1] = step;
  }

  static int label(Tensor<Object> target, int row) {
    return (int) at(target, row, 0);
  }

  static long step(Tensor<Object> target) {
    return (long) at(target, 0, 1);
  }

  private static float at(Tensor<Object> target, int row, int column) {
    float[] values = (float[]) target.storage().array();
    return values[target.storageOffset() - 1 + row * target.stride(1) + column];
  }
}
