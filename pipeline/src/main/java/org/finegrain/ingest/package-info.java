/**
 * Turns original layouts into Parquet shards of encoded images, and stores augmented variants of
 * them, as Spark jobs.
 *
 * <p>Start at {@link org.finegrain.ingest.IngestAction} to write a dataset, and at {@link
 * org.finegrain.ingest.IngestedDataset} to read one. The package knows Spark SQL, but no network
 * and no engine. It may use {@code dataset}, {@code image}, {@code storage}, {@code config} and
 * {@code random}.
 *
 * <p>Promise: equal input and configuration give the same rows in the same order in the same
 * shards, on any number of executors. {@code docs/formats.md} specifies the layout.
 */
package org.finegrain.ingest;
