/**
 * Spark jobs that turn an original layout into Parquet shards of encoded images, once, and that
 * materialise augmented variants. Start at {@link org.finegrain.ingest.IngestAction} to write and
 * at {@link org.finegrain.ingest.IngestedDataset} to read. May use {@code dataset}, {@code image},
 * {@code storage} and Spark SQL; never {@code bigdl}.
 *
 * <p>Promise: equal input and configuration give the same rows in the same order in the same
 * shards, on any number of executors. The layout is specified in {@code docs/formats.md}.
 */
package org.finegrain.ingest;
