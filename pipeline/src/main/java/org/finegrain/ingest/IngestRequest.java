package org.finegrain.ingest;

import org.finegrain.config.IngestConfig;

/**
 * What is ingested, and where to.
 *
 * @param dataset short name of its layout: cub, aircraft, cars or dogs
 * @param root of the original layout, a Hadoop path
 * @param out of the ingested dataset, a Hadoop path
 * @param overwrite whether another ingested dataset at {@code out} is replaced
 */
public record IngestRequest(
    String dataset, String root, String out, IngestConfig config, boolean overwrite) {}
