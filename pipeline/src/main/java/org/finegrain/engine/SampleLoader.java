package org.finegrain.engine;

import java.io.Serializable;

/**
 * Turns a sample into the input of the network. Executors call it from several threads at once.
 *
 * @param <S> the type of a sample
 */
public interface SampleLoader<S> extends Serializable {
  /**
   * Returns the sample's id, which is unique in the dataset. The order of samples derives from it.
   */
  String id(S sample);

  /** Returns the number of the sample's class, from 0. */
  int label(S sample);

  /** Returns the height and the width of the network's input, in pixels. */
  int imageSize();

  /**
   * Writes the network's input for a sample, (3,H,W) in row-major order.
   *
   * @param epoch of the training, from 0; 0 where samples are scored
   * @param pixels receives the input from {@code offset} on
   */
  void load(S sample, int epoch, float[] pixels, int offset);
}
