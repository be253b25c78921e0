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
  public static final IngestConfig DEFAULTS = read(ConfigSection.empty());

  static IngestConfig read(ConfigSection section) {
    return new IngestConfig(
        section
            .number("validation-fraction", 0.1)
            .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1"),
        section.wholeLong("split-seed", 1).atLeast(0L),
        section.whole("rows-per-shard", 1000).atLeast(1),
        section.number("max-quarantined-fraction", 0.01).within(0.0, 1.0),
        section.whole("short-side", 0).atLeast(0),
        section.wholeLong("max-pixels", 100_000_000).atLeast(1L));
  }
}
