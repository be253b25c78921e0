package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;

/**
 * A layer that can write {@code relu(f(x) + residual)} in one pass over the feature maps, where
 * {@code f(x)} is what it otherwise gives.
 */
interface SumWriter {
  /** Returns whether the memory formats that were chosen allow {@link #writeSum}. */
  boolean canWriteSum();

  /**
   * Leaves the layer's work to its only reader, which calls {@link #writeSum} in each forward pass
   * from now on.
   */
  void leaveToReader();

  /**
   * Writes {@code y = relu(f(x) + residual)}, where {@code x} is the input of the last forward
   * pass.
   *
   * @param residual in the format of the layer's output, as is {@code y}
   */
  void writeSum(Activity residual, Activity y);
}
