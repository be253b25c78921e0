package org.finegrain.ingest;

import java.util.Locale;

/**
 * What became of an ingest or an augmentation.
 *
 * @param location of the dataset, a Hadoop path
 * @param upToDate whether it was there already, from equal sources and settings; then nothing was
 *     written
 * @param images rows written, over all splits
 * @param findings what became of images that are not as they should be
 * @param imagesPerSecond of reading, decoding and writing; 0 if nothing was done
 */
public record IngestResult(
    String location,
    boolean upToDate,
    long images,
    ImageFindings findings,
    double imagesPerSecond) {
  /** In a line, after the name of what was done. */
  public String summary(String done) {
    if (upToDate) {
      return String.format(Locale.ROOT, "%s  up to date: %d images in %s", done, images, location);
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
