package org.finegrain.bigdl.mkldnn;

/**
 * The use of memory by a layer of ours, which {@link NativeMemory} asks for. Of BigDL's own layers,
 * {@link NativeMemory} knows it.
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

  /** Returns whether the forward pass also reads the input of the layer before it. */
  default boolean readsInputOfFirstInput() {
    return false;
  }
}
