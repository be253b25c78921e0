package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingEngineTest {
  @Test
  void keepsWhatIsConfigured() {
    SparkConf conf = conf("local[2]").set("spark.driver.extraJavaOptions", "-Dmine");
    conf.set("spark.scheduler.minRegisteredResourcesRatio", "0.5");
    TrainingEngine.configure(conf);
    assertThat(conf.get("spark.driver.extraJavaOptions")).isEqualTo("-Dmine");
    assertThat(conf.get("spark.scheduler.minRegisteredResourcesRatio")).isEqualTo("0.5");
    assertThat(conf.get("spark.shuffle.reduceLocality.enabled")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[*]", "local[2, 4]"})
  void localMastersNeedNoMore(String master) {
    assertThatCode(() -> TrainingEngine.requireFixedExecutors(conf(master)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local-cluster[2,1,1024]"})
  void refusesLocalMastersThatTheEngineCannotRead(String master) {
    assertThatThrownBy(() -> TrainingEngine.requireFixedExecutors(conf(master)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot train on master " + master + ": use local[N]");
  }

  @Test
  void clustersMustSayHowManyExecutorsShareTheWork() {
    SparkConf conf = conf("spark://host:7077");
    assertThatThrownBy(() -> TrainingEngine.requireFixedExecutors(conf))
        .hasMessageContaining("Cannot train on spark://host:7077 without spark.executor.cores")
        .hasMessageContaining("--conf spark.executor.cores=N");
    conf.set("spark.executor.cores", "4");
    assertThatThrownBy(() -> TrainingEngine.requireFixedExecutors(conf))
        .hasMessageContaining("without spark.cores.max");
    conf.set("spark.cores.max", "8").set("spark.dynamicAllocation.enabled", "true");
    assertThatThrownBy(() -> TrainingEngine.requireFixedExecutors(conf))
        .hasMessageContaining("Cannot train with spark.dynamicAllocation.enabled=true");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
