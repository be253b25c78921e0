package org.finegrain.train;

import java.io.IOException;
import java.util.List;
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

/** Carries out runs. Callers of this package begin here. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains the network of {@code config} on an ingested dataset, in the folder {@code
   * runs/RUN-ID/}, and scores the test split once, with the checkpoint of the epoch selected on
   * validation. A complete run is not trained again: its result is returned at once.
   *
   * @param data the location of the ingested dataset, a Hadoop path
   * @param runs the folder of run folders
   * @return the result, also if the run diverged
   * @throws RunException if there is an unfinished run and {@code options} refuse it, if it cannot
   *     be continued, or if data, configuration and cluster do not fit together
   * @throws org.finegrain.storage.LeaseHeldException if another process carries out the run
   * @throws PausedException if the time ran out before the run was complete
   * @throws DataException if there is no ingested dataset, or it is damaged
   */
  public static RunResult run(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, RunOptions options)
      throws IOException {
    return run(spark, config, data, runs, options, List.of());
  }

  /**
   * Does what {@link #run} says.
   *
   * @param others further listeners, in addition to those that every run has
   */
  static RunResult run(
      SparkSession spark,
      ExperimentConfig config,
      String data,
      Folder runs,
      RunOptions options,
      List<RunListener> others)
      throws IOException {
    TrainingEngine engine = options.engine().orElseGet(() -> engine(spark));
    RunPlan plan = plan(spark, engine, config, data, runs);
    Optional<RunResult> complete = plan.folder().result();
    if (complete.isPresent()) {
      return complete.get();
    }
    if (options.lease().isPresent()) {
      return new LeasedRun(spark, engine, plan, options.lease().get()).carryOut(options, others);
    }
    try (Lease lease = plan.folder().lease(spark.sparkContext().applicationId())) {
      return new LeasedRun(spark, engine, plan, lease).carryOut(options, others);
    }
  }

  /** Describes what {@link #run} would do, with one line for each fact. Changes nothing. */
  public static String describe(
      SparkSession spark, ExperimentConfig config, String data, Folder runs) throws IOException {
    return plan(spark, engine(spark), config, data, runs).text();
  }

  /** Returns field of {@code provenance.json} → value, for all that decides the bits of a run. */
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
   * Returns why {@code config} cannot be trained on these data and this cluster; empty if it can.
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
