package org.finegrain.train;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/** Carries out one run. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains the network of {@code config} on an ingested dataset, in the folder {@code
   * runs/RUN-ID/}, and scores the test split once, with the checkpoint that did best on validation.
   * A run that is complete already is not done again: its result is returned at once.
   *
   * @param data the ingested dataset, a Hadoop path
   * @return also of a run that diverged
   * @throws RunException if there is an unfinished run that {@code options} do not allow to
   *     continue or that cannot be continued
   */
  public static RunResult run(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, RunOptions options)
      throws IOException {
    Folder ingested = Folder.at(data, spark.sparkContext().hadoopConfiguration());
    if (!ingested.exists("_manifest.json")) {
      throw new RunException(
          "Cannot find _manifest.json in %s: ingest the dataset first".formatted(data));
    }
    throw new UnsupportedOperationException(
        "Cannot train %s in %s (%s): not built yet".formatted(config.dataset(), runs, options));
  }
}
