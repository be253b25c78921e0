package org.finegrain.config;

/**
 * The settings of early stopping. Keys under {@code train.early-stopping}.
 *
 * @param patience the number of epochs in a row without a better top-1 on validation after which
 *     training ends; 0 for never
 */
public record EarlyStoppingConfig(int patience) {
  static EarlyStoppingConfig read(ConfigSection section) {
    return new EarlyStoppingConfig(section.whole("patience", 0).atLeast(0));
  }

  /** Returns whether training may end before its last epoch. */
  public boolean isOn() {
    return patience > 0;
  }
}
