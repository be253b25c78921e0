package org.finegrain.ingest;

import java.io.Serializable;

/**
 * A sample of an ingested dataset, read from one row.
 *
 * @param imageId the id, unique within the dataset
 * @param label the label, from 0
 * @param className the name of the class
 * @param jpeg the encoded image without any banner
 * @param sha256 the SHA-256 of {@code jpeg} as hex
 */
public record StoredSample(String imageId, int label, String className, byte[] jpeg, String sha256)
    implements Serializable {}
