package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TrainingEngineTest {
  @Test
  void keepsSettingsThatAreSet() {
    SparkConf conf = conf("local[2]").set("spark.driver.extraJavaOptions", "-Dmine");
    conf.set("spark.scheduler.minRegisteredResourcesRatio", "0.5");
    TrainingEngine.configure(conf);
    assertThat(conf.get("spark.driver.extraJavaOptions")).isEqualTo("-Dmine");
    assertThat(conf.get("spark.scheduler.minRegisteredResourcesRatio")).isEqualTo("0.5");
    assertThat(conf.get("spark.shuffle.reduceLocality.enabled")).isEqualTo("false");
  }

  @Test
  void limitsTheWaitForExecutorsToTwoMinutes() {
    SparkConf conf = conf("spark://host:7077");
    TrainingEngine.configure(conf);
    assertThat(conf.getTimeAsSeconds("spark.scheduler.maxRegisteredResourcesWaitingTime"))
        .isEqualTo(120);
  }

  @Test
  void readsTheTopologyFromTheSettings() {
    assertThat(TrainingEngine.topology(conf("local[2]")))
        .isEqualTo(new Topology(EngineKind.MKL_DNN, 1, 2));
    SparkConf cluster =
        conf("spark://host:7077").set("spark.executor.cores", "4").set("spark.cores.max", "12");
    assertThat(TrainingEngine.topology(cluster)).isEqualTo(new Topology(EngineKind.MKL_DNN, 3, 4));
  }

  @Test
  void takesExecutorsInGroupsThatLeaveNoneOver() {
    SparkConf four =
        conf("spark://host:7077").set("spark.executor.cores", "2").set("spark.cores.max", "8");
    Topology all = new Topology(EngineKind.MKL_DNN, 4, 2);
    assertThat(TrainingEngine.topology(four, OptionalInt.of(2)))
        .isEqualTo(new Topology(EngineKind.MKL_DNN, 2, 2));
    assertThat(TrainingEngine.topology(four, OptionalInt.empty())).isEqualTo(all);
    assertThat(TrainingEngine.topology(four, OptionalInt.of(4))).isEqualTo(all);
    for (int other : new int[] {3, 5}) {
      assertThatThrownBy(() -> TrainingEngine.topology(four, OptionalInt.of(other)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot take 4 executors in groups of cluster.executors-per-trial = %d: give Spark a"
                  + " multiple of %d executors",
              other, other);
    }
  }

  @Test
  void waitsForAPlaceOnlyWhereThereAreGroups() {
    String key = "spark.locality.wait.process";
    SparkConf conf =
        conf("spark://host:7077").set("spark.executor.cores", "1").set("spark.cores.max", "2");
    assertThat(TrainingEngine.configure(conf, OptionalInt.of(2)).contains(key)).isFalse();
    assertThat(TrainingEngine.configure(conf, OptionalInt.of(1)).contains(key)).isTrue();
  }

  @Test
  void givesExecutorsAsManyThreadsAsTheyHaveCores() {
    SparkConf conf =
        conf("yarn").set("spark.executor.cores", "4").set("spark.executor.instances", "3");
    conf.set("spark.executor.extraJavaOptions", "-Dmine");
    TrainingEngine.configure(conf);
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-Dmine -Dbigdl.mklNumThreads=4");
    conf.set("spark.executor.extraJavaOptions", "-Dbigdl.mklNumThreads=2");
    TrainingEngine.configure(conf);
    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo("-Dbigdl.mklNumThreads=2");
    conf.set("spark.executor.defaultJavaOptions", "-Dbigdl.mklNumThreads=3");
    conf.set("spark.executor.extraJavaOptions", "-Dmine");
    TrainingEngine.configure(conf);
    assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo("-Dmine");
  }

  @Test
  void bigDlAgreesOnTheExecutorsOfEveryKindOfMaster() {
    for (String master : List.of("spark://host:7077", "yarn", "k8s://https://host:6443")) {
      SparkConf conf = conf(master).set("spark.executor.cores", "4");
      conf.set(
          master.startsWith("spark") ? "spark.cores.max" : "spark.executor.instances",
          master.startsWith("spark") ? "12" : "3");
      TrainingEngine.configure(conf);
      assertThat(TrainingEngine.topology(conf)).isEqualTo(new Topology(EngineKind.MKL_DNN, 3, 4));
      assertThat(Engine$.MODULE$.parseExecutorAndCore(conf).get())
          .as(master)
          .isEqualTo(new Tuple2<Object, Object>(3, 4));
    }
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
