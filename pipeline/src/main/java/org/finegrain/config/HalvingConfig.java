package org.finegrain.config;

/**
 * The settings of asynchronous successive halving. Keys under {@code sweep.halving}.
 *
 * @param reduction the reduction factor: of so many settings one goes on from a rung, and the next
 *     rung has so many times its epochs
 * @param minEpochs the epochs of the first rung
 */
public record HalvingConfig(int reduction, int minEpochs) {
  static HalvingConfig read(ConfigSection section) {
    return new HalvingConfig(
        section.whole("reduction", 3).atLeast(2), section.whole("min-epochs", 10).atLeast(1));
  }
}
