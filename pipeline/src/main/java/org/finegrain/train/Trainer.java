package org.finegrain.train;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.engine.Topology;
import org.finegrain.ingest.IngestedDataset;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;

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
   *     continue or that cannot be continued, or if data, configuration and cluster do not fit
   *     together
   * @throws org.finegrain.storage.LeaseHeldException if another process carries the run out
   * @throws PausedException if {@code train.max-duration} ended the attempt before the run
   * @throws DataException if there is no ingested dataset, or it is damaged
   */
  public static RunResult run(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, RunOptions options)
      throws IOException {
    TrainingEngine engine = engine(spark);
    RunPlan plan = plan(spark, engine, config, data, runs);
    Optional<RunResult> complete = plan.folder().result();
    if (complete.isPresent()) {
      return complete.get();
    }
    try (Lease lease = plan.folder().lease()) {
      return new Run(spark, engine, plan).carryOut(options, new HeldLease(lease));
    }
  }

  /** Says what {@link #run} would do, a line a fact, and does nothing. */
  public static String describe(
      SparkSession spark, ExperimentConfig config, String data, Folder runs) throws IOException {
    return plan(spark, engine(spark), config, data, runs).text();
  }

  /** What must be equal for a run to give the same: field of {@code provenance.json} → value. */
  public static SortedMap<String, String> key(
      SparkSession spark, ExperimentConfig config, String data) throws IOException {
    Topology topology = TrainingEngine.topology(spark.sparkContext().getConf());
    return new RunKey(
            config.runId(),
            IngestedDataset.open(spark, data).fingerprint(),
            config.seed(),
            topology.replicas())
        .texts();
  }

  /**
   * Why there can be no run of {@code config} on these data and this cluster; empty if there can.
   */
  public static Optional<String> fault(
      ExperimentConfig config, IngestedDataset dataset, Topology topology) {
    try {
      RunPlan.epoch(config, dataset, topology);
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(e.getMessage());
    }
  }

  static TrainingEngine engine(SparkSession spark) {
    return TrainingEngine.start(JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }

  static RunPlan plan(
      SparkSession spark, TrainingEngine engine, ExperimentConfig config, String data, Folder runs)
      throws IOException {
    return RunPlan.of(
        GivenWeights.pin(config, spark.sparkContext().hadoopConfiguration()),
        IngestedDataset.open(spark, data),
        engine.topology(),
        runs);
  }
}
