package org.finegrain.config;

/**
 * When a training ends before its last epoch. Keys under {@code train.early-stopping}.
 *
 * @param patience epochs in a row without a better top-1 on validation, after which training ends;
 *     0: never
 */
public record EarlyStoppingConfig(int patience) {
  static EarlyStoppingConfig read(ConfigSection section) {
    return new EarlyStoppingConfig(section.whole("patience", 0).atLeast(0));
  }

  public boolean isOn() {
    return patience > 0;
  }
}
