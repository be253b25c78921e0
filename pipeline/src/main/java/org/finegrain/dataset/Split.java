package org.finegrain.dataset;

import java.util.Locale;

/**
 * The part of a dataset that a sample belongs to. The original layouts know train and test only.
 */
public enum Split {
  TRAIN,
  VAL,
  TEST;

  /** The name of the split's folder: train, val or test. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
