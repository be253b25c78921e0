package org.finegrain.convolution;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The scratch arrays of one thread that works on a convolution. All convolutions share them: a
 * thread takes a set of arrays and gives it back when it is done. So there are as many sets as
 * threads ever worked at once, each as large as the largest convolution needed.
 */
final class ScratchArrays {
  private static final ConcurrentLinkedDeque<ScratchArrays> FREE = new ConcurrentLinkedDeque<>();

  private float[] inputs = {};
  private float[] outputs = {};
  private float[] weights = {};
  private float[] strip = {};

  private ScratchArrays() {}

  /**
   * Takes the set of arrays that was given back last, which is the likeliest to be in the
   * processor's caches.
   */
  static ScratchArrays take() {
    ScratchArrays free = FREE.pollFirst();
    return free == null ? new ScratchArrays() : free;
  }

  /** Gives the arrays back. The caller must not use them any longer. */
  void giveBack() {
    FREE.addFirst(this);
  }

  /**
   * Returns an array of at least {@code length} numbers for transformed inputs. Like the other
   * arrays, it holds what was last written to it.
   */
  float[] inputs(int length) {
    inputs = atLeast(length, inputs);
    return inputs;
  }

  /** Returns an array for outputs before their transform. */
  float[] outputs(int length) {
    outputs = atLeast(length, outputs);
    return outputs;
  }

  /** Returns an array for transformed weights. */
  float[] weights(int length) {
    weights = atLeast(length, weights);
    return weights;
  }

  /** Returns an array for one row of tiles of one block of channels. */
  float[] strip(int length) {
    strip = atLeast(length, strip);
    return strip;
  }

  private static float[] atLeast(int length, float[] array) {
    return array.length < length ? new float[length] : array;
  }
}
