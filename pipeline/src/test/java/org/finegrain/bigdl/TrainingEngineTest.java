package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

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

  @Test
  void waitsMinutesForExecutorsThatDoNotCome() {
    SparkConf conf = conf("spark://host:7077");
    TrainingEngine.configure(conf);
    assertThat(conf.getTimeAsSeconds("spark.scheduler.maxRegisteredResourcesWaitingTime"))
        .isEqualTo(120);
  }

  @Test
  void knowsWhatATrainingWillBeSpreadOver() {
    assertThat(TrainingEngine.topology(conf("local[2]")))
        .isEqualTo(new Topology(EngineKind.MKL_DNN, 1, 2));
    SparkConf cluster =
        conf("spark://host:7077").set("spark.executor.cores", "4").set("spark.cores.max", "12");
    assertThat(TrainingEngine.topology(cluster)).isEqualTo(new Topology(EngineKind.MKL_DNN, 3, 4));
  }

  @Test
  void refusesExecutorsOfNoFixedNumber() {
    assertThatThrownBy(() -> TrainingEngine.topology(conf("spark://host:7077")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot train on spark://host:7077 without spark.executor.cores");
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
