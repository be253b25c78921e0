package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;

/**
 * A layer that can compute {@code relu(f(x) + residual)} in one pass over the feature maps, where
 * {@code f(x)} is its usual output.
 */
interface SumWriter {
  /** Returns whether the memory formats that were chosen allow {@link #writeSum}. */
  boolean canWriteSum();

  /**
   * Leaves the forward pass to the only layer that reads the output. That layer must call {@link
   * #writeSum} in each forward pass from now on.
   */
  void leaveToReader();

  /**
   * Computes {@code y = relu(f(x) + residual)}, where {@code x} is the input of the last forward
   * pass.
   *
   * @param residual in the format of the layer's output, as is {@code y}
   */
  void writeSum(Activity residual, Activity y);
}
