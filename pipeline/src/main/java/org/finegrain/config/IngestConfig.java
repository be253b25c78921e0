package org.finegrain.config;

import java.io.Serializable;

/**
 * How an original dataset becomes Parquet shards. Keys under {@code ingest}.
 *
 * @param validationFraction share of each class of the train split that becomes the validation
 *     split, in [0, 1)
 * @param splitSeed seed of that choice; apart from the run's seed, so that seeds share a split
 * @param rowsPerShard most images in one Parquet file
 * @param maxQuarantinedFraction share of broken images above which the job fails
 * @param shortSide images whose shorter side is larger are reduced to it, in pixels; 0 keeps the
 *     original bytes
 * @param maxPixels images with more pixels are refused as hostile
 */
public record IngestConfig(
    double validationFraction,
    long splitSeed,
    int rowsPerShard,
    double maxQuarantinedFraction,
    int shortSide,
    long maxPixels)
    implements Serializable {
  public static final IngestConfig DEFAULTS = new IngestConfig(0.1, 1, 1000, 0.01, 0, 100_000_000);

  static IngestConfig read(ConfigSection section) {
    return new IngestConfig(
        section
            .number("validation-fraction", DEFAULTS.validationFraction)
            .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1"),
        section.wholeLong("split-seed", DEFAULTS.splitSeed).atLeast(0L),
        section.whole("rows-per-shard", DEFAULTS.rowsPerShard).atLeast(1),
        section
            .number("max-quarantined-fraction", DEFAULTS.maxQuarantinedFraction)
            .within(0.0, 1.0),
        section.whole("short-side", DEFAULTS.shortSide).atLeast(0),
        section.wholeLong("max-pixels", DEFAULTS.maxPixels).atLeast(1L));
  }
}
