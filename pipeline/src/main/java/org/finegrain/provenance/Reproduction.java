package org.finegrain.provenance;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.Circumstances;
import org.finegrain.train.RunException;
import org.finegrain.train.RunOptions;
import org.finegrain.train.RunResult;
import org.finegrain.train.Trainer;

/** A second training of a complete run, from the run's own configuration. */
public final class Reproduction {
  private static final String RESULT = "result.json";

  private final SparkSession spark;
  private final Folder original;
  private final RunRecord record;

  private Reproduction(SparkSession spark, Folder original, RunRecord record) {
    this.spark = spark;
    this.original = original;
    this.record = record;
  }

  /**
   * Prepares to train {@code original} a second time.
   *
   * @param original the run folder
   * @throws RunException if {@code original} is not the folder of a complete run
   */
  public static Reproduction of(SparkSession spark, Folder original) throws IOException {
    RunRecord record = RunRecord.read(original);
    if (!original.exists(RESULT)) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot reproduce %s, which has no %s: complete it with finegrain train --resume",
              original,
              RESULT));
    }
    return new Reproduction(spark, original, record);
  }

  /**
   * Returns one line for each circumstance that is not as it was in the original run: code, data,
   * topology, versions and machines. Any of them may change the bits. Trains nothing.
   *
   * @param config the configuration of the original run
   * @param data the location of the ingested dataset
   */
  public List<String> differences(ExperimentConfig config, String data) throws IOException {
    SortedMap<String, String> now = new TreeMap<>(Circumstances.now(spark).texts());
    now.putAll(Trainer.key(spark, config, data));
    return record.differences(now);
  }

  /**
   * Trains in {@code runs/RUN-ID/} and compares with the original. Goes on from the newest
   * checkpoint if that folder has one.
   *
   * @param config the configuration of the original run
   * @param data the location of the ingested dataset
   * @param runs the folder to write the run folder to
   * @param command the command line, for the provenance record
   * @throws RunException if {@code runs/RUN-ID/} is the original's own folder
   */
  public Comparison carryOut(ExperimentConfig config, String data, Folder runs, String command)
      throws IOException {
    Folder again = folder(config, runs);
    RunOptions options = RunOptions.DEFAULTS.resuming().startedBy(command);
    RunResult result = Trainer.run(spark, config, data, runs, options);
    if (!result.run().runId().equals(again.name())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "Run %s was written as run %s", again.name(), result.run().runId()));
    }
    return Comparison.of(spark, original, again);
  }

  /**
   * Returns the run folder that {@link #carryOut} writes.
   *
   * @throws RunException if it is the original's own folder
   */
  public Folder folder(ExperimentConfig config, Folder runs) {
    Folder again = runs.folder(config.runId());
    if (again.location().equals(original.location())) {
      throw new RunException(
          String.format(
              Locale.ROOT, "Cannot reproduce %s into itself: give another --out", original));
    }
    return again;
  }
}
