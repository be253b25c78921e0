package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class StepDeadlineIT {
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  @Test
  void cancelsASetUpThatHangsAndSaysSo() {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      JavaSparkContext spark = session.spark();
      try (StepDeadline deadline = StepDeadline.of(spark, "hangs", Duration.ofSeconds(1))) {
        deadline.setUpBegins();
        assertThatThrownBy(() -> spark.parallelize(List.of(1), 1).foreach(i -> RELEASED.await()))
            .hasMessageContaining("cancelled");
        assertThat(deadline.missed())
            .hasValue(
                "waited 1 s (train.recovery.step-timeout) for executors to set up their replicas");
      }
      RELEASED.countDown();
      assertThat(spark.parallelize(List.of(1, 2), 1).count()).isEqualTo(2);
    }
  }

  @Test
  void leavesAloneWhatHasEnded() throws Exception {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      JavaSparkContext spark = session.spark();
      try (StepDeadline deadline = StepDeadline.of(spark, "ends", Duration.ofMillis(300))) {
        deadline.stepBegins(new StepPosition(0, 0));
        deadline.ends();
        spark.parallelize(List.of(1), 1).foreach(i -> Thread.sleep(600));
        assertThat(deadline.missed()).isEmpty();
      }
    }
  }
}
