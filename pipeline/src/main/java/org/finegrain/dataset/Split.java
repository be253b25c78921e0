package org.finegrain.dataset;

import java.util.Locale;

/**
 * The part of a dataset to which a sample belongs. The original layouts have train and test only.
 */
public enum Split {
  TRAIN,
  VAL,
  TEST;

  /** Returns the name of the split's folder: train, val or test. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
