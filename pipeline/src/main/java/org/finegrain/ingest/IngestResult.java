package org.finegrain.ingest;

import java.util.List;

/**
 * @param location of the dataset, a Hadoop path
 * @param upToDate whether it was there already, from equal sources and settings; then nothing was
 *     written
 * @param images rows written, over all splits
 * @param quarantined broken images that are not part of it
 * @param imagesPerSecond of reading, decoding and writing; 0 if nothing was done
 */
public record IngestResult(
    String location,
    boolean upToDate,
    long images,
    List<Quarantined> quarantined,
    double imagesPerSecond) {}
