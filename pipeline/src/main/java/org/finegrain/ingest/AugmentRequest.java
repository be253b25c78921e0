package org.finegrain.ingest;

import java.util.Locale;
import org.finegrain.config.AugmentationConfig;

/**
 * A request to augment a dataset.
 *
 * @param data the folder of the ingested dataset, a Hadoop path
 * @param out the folder of the augmented dataset, a Hadoop path
 * @param variants the number of variants of each train image; training would see them in as many
 *     epochs
 * @param augmentation the settings of the augmentation
 * @param seed the seed of the training
 * @param rowsPerShard the largest number of images in one Parquet file
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
  /**
   * Checks the number of variants.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public AugmentRequest {
    if (variants < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of variants: %d (must be at least 1)", variants));
    }
  }
}
