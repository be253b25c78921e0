package org.finegrain.bigdl.mkldnn;

/**
 * What a layer of ours tells {@link NativeMemory} of the memory that it works on. For BigDL's own
 * layers {@link NativeMemory} knows it.
 */
interface MemoryUse {
  /** Returns whether the layer's backward pass reads the layer's output. */
  default boolean readsItsOutput() {
    return true;
  }

  /** Returns whether the gradient of the input may be written over the gradient of the output. */
  default boolean givesGradientInPlace() {
    return false;
  }

  /** Returns whether the forward pass reads what the layer that gives the first input has read. */
  default boolean readsInputOfFirstInput() {
    return false;
  }
}
