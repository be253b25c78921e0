package org.finegrain.ingest;

import org.finegrain.config.IngestConfig;

/**
 * A request to ingest a dataset.
 *
 * @param dataset the short name of its layout: cub, aircraft, cars or dogs
 * @param root the folder of the original layout, a Hadoop path
 * @param out the folder of the ingested dataset, a Hadoop path
 * @param config the settings of the ingestion
 * @param overwrite whether another ingested dataset at {@code out} is replaced
 */
public record IngestRequest(
    String dataset, String root, String out, IngestConfig config, boolean overwrite) {}
