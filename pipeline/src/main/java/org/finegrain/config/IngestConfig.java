package org.finegrain.config;

import java.io.Serializable;

/**
 * The settings of the ingestion of an original dataset into Parquet shards. Keys under {@code
 * ingest}.
 *
 * @param validationFraction the fraction of each class's train images that becomes the validation
 *     split, in [0, 1)
 * @param splitSeed the seed of the choice of validation images; it is apart from the run's seed, so
 *     that all seeds share one split
 * @param rowsPerShard the largest number of images in one Parquet file
 * @param maxQuarantinedFraction the fraction of broken images above which the job fails
 * @param shortSide the length, in pixels, to which a longer shorter side of an image is reduced; 0
 *     keeps the original bytes
 * @param maxPixels the number of pixels above which an image is refused
 */
public record IngestConfig(
    double validationFraction,
    long splitSeed,
    int rowsPerShard,
    double maxQuarantinedFraction,
    int shortSide,
    long maxPixels)
    implements Serializable {
  /** The defaults, as in {@code conf/reference.conf}. */
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
