package org.finegrain.engine;

import java.io.Serializable;

/** Turns a sample into network input; runs on executors, in several threads at once. */
public interface SampleLoader<S> extends Serializable {
  /** Unique within the dataset; the order of training derives from it. */
  String id(S sample);

  /** From 0. */
  int label(S sample);

  /** Height and width of the network's input, in pixels. */
  int imageSize();

  /** Writes the (3,H,W) input of {@code sample} in {@code epoch} (from 0) at {@code offset}. */
  void load(S sample, int epoch, float[] pixels, int offset);
}
