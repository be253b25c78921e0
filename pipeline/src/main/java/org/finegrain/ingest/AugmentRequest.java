package org.finegrain.ingest;

import java.util.Locale;
import org.finegrain.config.AugmentationConfig;

/**
 * What is augmented, and where to.
 *
 * @param data the ingested dataset, a Hadoop path
 * @param out of the augmented one, a Hadoop path
 * @param variants of each train image: what training would see of it in as many epochs
 * @param seed of the training
 * @param rowsPerShard most images in one Parquet file
 * @param overwrite whether another dataset at {@code out} is replaced
 */
public record AugmentRequest(
    String data,
    String out,
    int variants,
    AugmentationConfig augmentation,
    long seed,
    int rowsPerShard,
    boolean overwrite) {
  public AugmentRequest {
    if (variants < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of variants: %d (must be at least 1)", variants));
    }
  }
}
