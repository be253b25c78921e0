package org.finegrain.ingest;

import java.util.Locale;

/**
 * The result of an ingestion or an augmentation.
 *
 * @param location the folder of the dataset, a Hadoop path
 * @param upToDate whether the dataset was there already, from equal sources and settings; nothing
 *     was then written
 * @param images the number of rows in the dataset, over all splits
 * @param findings the faults in its images
 * @param imagesPerSecond the rate of reading, decoding and writing; 0 if nothing was written
 */
public record IngestResult(
    String location,
    boolean upToDate,
    long images,
    ImageFindings findings,
    double imagesPerSecond) {
  /** Returns the result in one line, which begins with the name of what was done. */
  public String summary(String done) {
    if (upToDate) {
      return String.format(
          Locale.ROOT,
          "%s  up to date, nothing to do: %d images in %s; delete the folder to write it again",
          done,
          images,
          location);
    }
    return String.format(
        Locale.ROOT,
        "%s  wrote %d images, %d quarantined, %.1f img/s",
        done,
        images,
        findings.quarantined().size(),
        imagesPerSecond);
  }
}
