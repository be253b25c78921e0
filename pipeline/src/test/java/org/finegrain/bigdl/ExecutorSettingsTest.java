package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[*]", "local[2, 4]"})
  void localMastersNeedNoMore(String master) {
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
  void clustersMustSayHowManyExecutorsShareTheWork() {
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

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
