package org.finegrain.ingest;

import java.io.Serializable;

/**
 * One row of an ingested dataset.
 *
 * @param jpeg the encoded image as the network is to see it: a banner is cut off already
 * @param sha256 of {@code jpeg}, hex
 */
public record StoredSample(String imageId, int label, String className, byte[] jpeg, String sha256)
    implements Serializable {}
