package org.finegrain.convolution;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Arrays to work on, shared by all convolutions: whoever works takes a scratch, and gives it back.
 * So there are as many as ever worked at once, each as large as the largest convolution needed.
 */
final class ScratchArrays {
  private static final ConcurrentLinkedDeque<ScratchArrays> FREE = new ConcurrentLinkedDeque<>();

  private float[] inputs = {};
  private float[] outputs = {};
  private float[] weights = {};
  private float[] strip = {};

  private ScratchArrays() {}

  /** The scratch given back last, which is the likeliest to be in the processor's caches. */
  static ScratchArrays take() {
    ScratchArrays free = FREE.pollFirst();
    return free == null ? new ScratchArrays() : free;
  }

  void giveBack() {
    FREE.addFirst(this);
  }

  /** For transformed inputs; holds anything, like the others. */
  float[] inputs(int length) {
    inputs = atLeast(length, inputs);
    return inputs;
  }

  float[] outputs(int length) {
    outputs = atLeast(length, outputs);
    return outputs;
  }

  float[] weights(int length) {
    weights = atLeast(length, weights);
    return weights;
  }

  /** For one row of tiles of one block of channels. */
  float[] strip(int length) {
    strip = atLeast(length, strip);
    return strip;
  }

  private static float[] atLeast(int length, float[] scratch) {
    return scratch.length < length ? new float[length] : scratch;
  }
}
