package org.finegrain.cost;

import com.fasterxml.jackson.databind.JsonNode;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.dataset.Split;

/**
 * The size of a dataset.
 *
 * @param train the number of images in the train split
 * @param val the number of images in the validation split
 * @param test the number of images in the test split
 * @param isIngested whether the images of an ingested dataset were counted
 */
record DatasetSize(int classes, long train, long val, long test, boolean isIngested) {

  /** Returns the size that the manifest of an ingested dataset gives. */
  static DatasetSize ingested(JsonNode manifest) {
    return new DatasetSize(
        manifest.path("classes").size(),
        images(manifest, Split.TRAIN),
        images(manifest, Split.VAL),
        images(manifest, Split.TEST),
        true);
  }

  private static long images(JsonNode manifest, Split split) {
    return manifest.path("counts").path(split.folder()).path("images").asLong(0);
  }

  /** Returns the official size, with the validation split that ingestion would take from train. */
  static DatasetSize official(String dataset, IngestConfig ingest) {
    OfficialCounts counts = OfficialCounts.of(dataset);
    long val = Math.round(ingest.validationFraction() * counts.train());
    return new DatasetSize(counts.classes(), counts.train() - val, val, counts.test(), false);
  }
}
