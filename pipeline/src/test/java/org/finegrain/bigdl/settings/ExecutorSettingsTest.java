package org.finegrain.bigdl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[*]", "local[2, 4]"})
  void localMastersNeedNoOtherSettings(String master) {
    assertThat(ExecutorSettings.faults(conf(master))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local-cluster[2,1,1024]"})
  void refusesLocalMastersThatTheEngineCannotRead(String master) {
    assertThat(ExecutorSettings.faults(conf(master)))
        .containsExactly(
            "Cannot train on master " + master + ": use local[N], local[*] or a cluster");
  }

  @Test
  void clustersMustFixTheNumberOfExecutors() {
    SparkConf conf = conf("spark://host:7077").set("spark.dynamicAllocation.enabled", "true");
    assertThat(ExecutorSettings.faults(conf))
        .hasSize(3)
        .anyMatch(
            fault ->
                fault.startsWith("Cannot train on spark://host:7077 without spark.executor.cores")
                    && fault.endsWith("--conf spark.executor.cores=N"))
        .anyMatch(fault -> fault.contains("without spark.cores.max"))
        .anyMatch(
            fault -> fault.startsWith("Cannot train with spark.dynamicAllocation.enabled=true"));
    conf.set("spark.executor.cores", "4")
        .set("spark.cores.max", "8")
        .set("spark.dynamicAllocation.enabled", "false");
    assertThat(ExecutorSettings.faults(conf)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host:6443"})
  void yarnAndKubernetesCountInstances(String master) {
    SparkConf conf = conf(master).set("spark.executor.cores", "4");
    assertThat(ExecutorSettings.faults(conf))
        .hasSize(1)
        .allMatch(fault -> fault.contains("without spark.executor.instances"));
    conf.set("spark.executor.instances", "3");
    assertThat(ExecutorSettings.faults(conf)).isEmpty();
    assertThat(ExecutorSettings.executors(conf)).isEqualTo(3);
    assertThat(ExecutorSettings.coresPerExecutor(conf)).isEqualTo(4);
  }

  @Test
  void refusesCountsThatAreNotPositiveNumbers() {
    SparkConf conf = conf("yarn").set("spark.executor.cores", "many");
    assertThat(ExecutorSettings.faults(conf.set("spark.executor.instances", "0")))
        .containsExactly(
            "Invalid spark.executor.cores=many (must be a whole number of at least 1)",
            "Invalid spark.executor.instances=0 (must be a whole number of at least 1)");
  }

  @Test
  void refusesCoresThatDoNotFillWholeExecutors() {
    SparkConf conf = conf("spark://host:7077").set("spark.executor.cores", "4");
    assertThat(ExecutorSettings.faults(conf.set("spark.cores.max", "10")))
        .containsExactly(
            "Cannot divide spark.cores.max=10 into executors of spark.executor.cores=4: give a"
                + " multiple of 4");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
