package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a run whose executor is killed within an epoch, on a standalone cluster. */
class RestartIT {
  private static final int STRUCK = TinyExperiment.STEPS + 3;

  @TempDir private Path temporary;

  @Test
  void aRestartedRunEndsWithTheSameBits() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(temporary.resolve("cluster"), 2, 1);
        SparkSession spark = open(cluster)) {
      String data = TinyDataset.ingest(spark, temporary);
      ExperimentConfig config =
          TinyExperiment.config()
              .withOverrides(Map.of("train.epochs", "2", "train.checkpoint.steps", "2"));
      Folder struck = TinyExperiment.folder(temporary.resolve("struck"));
      RunResult result = run(spark, config, data, struck, killer(cluster));
      Folder whole = TinyExperiment.folder(temporary.resolve("whole"));
      RunResult expected = run(spark, config, data, whole);

      assertThat(result.test()).isEqualTo(expected.test());
      assertThat(result.val()).isEqualTo(expected.val());
      for (String file : new String[] {"model.safetensors", "optimizer.safetensors"}) {
        String name = config.runId() + "/checkpoints/epoch-0002/" + file;
        assertThat(struck.sha256(name)).as(file).isEqualTo(whole.sha256(name));
      }
      JsonNode attempts =
          Json.parse(struck.folder(config.runId()).text(Provenance.FILE)).path("attempts");
      assertThat(attempts).hasSize(2);
      assertThat(attempts.path(0).path("outcome").asText())
          .startsWith("failed: Training failed in epoch 2, step ");
      assertThat(attempts.path(1).path("after-step").asInt())
          .as("from the newest checkpoint, within the epoch")
          .isBetween(STRUCK - 2, STRUCK);
      assertThat(attempts.path(1).path("outcome").asText()).isEqualTo("completed");

      assertThatThrownBy(
              () ->
                  run(
                      spark,
                      config.withOverrides(Map.of("seed", "2", "train.recovery.max-restarts", "0")),
                      data,
                      struck,
                      after(1, () -> spark.sparkContext().cancelAllJobs())))
          .as("one fault too many ends the run")
          .isInstanceOf(TrainingFailedException.class);

      assertThatThrownBy(
              () ->
                  run(
                      spark,
                      config.withOverrides(
                          Map.of("seed", "3", "train.recovery.executor-timeout", "3s")),
                      data,
                      struck,
                      after(1, () -> cluster.killWorker(0))))
          .as("an executor that nothing replaces")
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith(
              "Waited 3 s (train.recovery.executor-timeout) for 2 executors, but only 1 registered")
          .hasMessageEndingWith("; then continue it with --resume");
    }
  }

  private static SparkSession open(StandaloneCluster cluster) {
    return SparkSession.builder()
        .config(
            TrainingEngine.configure(
                cluster.conf("mkldnn").setAppName("test").set("spark.ui.enabled", "false")))
        .getOrCreate();
  }

  private static RunResult run(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, RunListener... others)
      throws IOException {
    TrainingEngine engine = Trainer.engine(spark);
    return new Run(spark, engine, Trainer.plan(spark, engine, config, data, runs))
        .carryOut(RunOptions.DEFAULTS, others);
  }

  /** Does something once, when so many steps are done. */
  private static RunListener after(long steps, Runnable fault) {
    AtomicBoolean done = new AtomicBoolean();
    return new RunListener() {
      @Override
      public void stepEnded(long step, double loss, double rate, double imagesPerSecond) {
        if (step == steps && done.compareAndSet(false, true)) {
          fault.run();
        }
      }

      @Override
      public void epochEnded(EpochMetrics metrics) {}
    };
  }

  private static RunListener killer(StandaloneCluster cluster) {
    return after(STRUCK, () -> cluster.executors().get(0).destroyForcibly());
  }
}
