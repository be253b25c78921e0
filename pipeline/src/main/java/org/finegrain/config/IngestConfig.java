package org.finegrain.config;

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
    long maxPixels) {
  public static final IngestConfig DEFAULTS = new IngestConfig(0.1, 1, 1000, 0.01, 0, 100_000_000);
}
