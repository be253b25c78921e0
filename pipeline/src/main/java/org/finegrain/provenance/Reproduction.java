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

/** A complete run, done again from its own configuration. */
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
   * @throws RunException if {@code original} is no folder of a complete run
   */
  public static Reproduction of(SparkSession spark, Folder original) throws IOException {
    RunRecord record = RunRecord.read(original);
    if (!original.exists(RESULT)) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot reproduce %s: it has no %s; complete it with finegrain train --resume",
              original,
              RESULT));
    }
    return new Reproduction(spark, original, record);
  }

  /**
   * What is not as it was, a line each, before anything is trained: code, data, topology, versions,
   * machines. Any of it may change the bits.
   *
   * @param data the ingested dataset
   */
  public List<String> differences(ExperimentConfig config, String data) throws IOException {
    SortedMap<String, String> now = new TreeMap<>(Circumstances.now(spark).texts());
    now.putAll(Trainer.key(spark, config, data));
    return record.differences(now);
  }

  /**
   * Trains in {@code runs/RUN-ID/} and compares with the original.
   *
   * @param command for the provenance record
   * @throws RunException if that is the original's own folder
   */
  public Comparison carryOut(ExperimentConfig config, String data, Folder runs, String command)
      throws IOException {
    Folder again = folder(config, runs);
    RunOptions options = RunOptions.DEFAULTS.resuming().startedBy(command);
    RunResult result = Trainer.run(spark, config, data, runs, options);
    if (!result.run().runId().equals(again.name())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "Run %s wrote itself as %s", again.name(), result.run().runId()));
    }
    return Comparison.of(spark, original, again);
  }

  /** Where {@link #carryOut} writes. */
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
