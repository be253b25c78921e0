package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs all checks on a standalone cluster of two executors. */
class ExecutorsIT {
  private static final String ENGINE =
      "--add-modules=jdk.incubator.vector -Dbigdl.engineType=mkldnn";
  private static final String UNBOUND = "-Dbigdl.disableOmpAffinity=true";

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = StandaloneCluster.start(folder, 2, 1);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void soundExecutorsPass() {
    Diagnosis diagnosis = examine(ENGINE + " " + UNBOUND);
    assertThat(diagnosis.report())
        .contains("ok       natives        loaded on the driver and 2 executors")
        .contains("ok       engine         mkldnn on the driver and 2 executors")
        .contains("ok       executors      2 with 1 cores each")
        .contains("ok       batch          16 over 2 replicas (2 executors of 1 core)")
        .doesNotContain("FAILED");
    assertThat(diagnosis.isFit()).isTrue();
  }

  @Test
  void eachFlagThatExecutorsLackIsNamedWithThem() {
    Diagnosis diagnosis = examine("-Dnothing");
    assertThat(diagnosis.isFit()).isFalse();
    assertThat(diagnosis.report())
        .contains(
            "FAILED   engine         mkldnn on the driver, but none on executor 0 (127.0.0.1), ")
        .contains("none on executor 1 (127.0.0.1): give -Dbigdl.engineType=mkldnn in")
        .contains("ok       threads ")
        .contains("FAILED   add-modules    jdk.incubator.vector is missing on executor 0")
        .contains("warning  affinity       bound threads on executor 0")
        .contains("ok       java ");
  }

  private static Diagnosis examine(String executorOptions) {
    SparkConf conf =
        new SparkConf()
            .setMaster(cluster.url())
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.executor.cores", "1")
            .set("spark.cores.max", "2")
            .set("spark.executor.memory", "1g")
            .set("spark.executor.extraClassPath", StandaloneCluster.testClassPath())
            .set("spark.executor.extraJavaOptions", executorOptions);
    ExperimentConfig small =
        ExperimentConfig.DEFAULTS.withOverrides(Map.of("model.depth", "18", "model.width", "8"));
    try (SparkSession spark =
        SparkSession.builder().config(TrainingEngine.configure(conf)).getOrCreate()) {
      return Doctor.examine(spark, new PlannedWork(List.of(small), Optional.empty(), List.of()));
    }
  }
}
