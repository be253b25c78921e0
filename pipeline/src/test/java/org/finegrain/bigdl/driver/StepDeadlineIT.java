package org.finegrain.bigdl.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.EngineSession;
import org.finegrain.engine.StepPosition;
import org.junit.jupiter.api.Test;

class StepDeadlineIT {
  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final CountDownLatch LATER = new CountDownLatch(1);

  @Test
  void cancelsASetUpThatHangsAndReportsIt() {
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

  /** On a busy driver, the deadline may pass between two jobs of a set-up. */
  @Test
  void cancelsAlsoAJobThatBeginsAfterTheDeadline() throws Exception {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      JavaSparkContext spark = session.spark();
      try (StepDeadline deadline = StepDeadline.of(spark, "late", Duration.ofMillis(100))) {
        deadline.setUpBegins();
        while (deadline.missed().isEmpty()) {
          Thread.sleep(10);
        }
        assertThatThrownBy(() -> spark.parallelize(List.of(1), 1).foreach(i -> LATER.await()))
            .hasMessageContaining("cancelled");
      }
      LATER.countDown();
    }
  }

  /** A laptop that sleeps stops the process. */
  @Test
  void doesNotCountTheTimeForWhichTheProcessWasStopped() throws Exception {
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      AtomicLong hours = new AtomicLong();
      JavaSparkContext spark = session.spark();
      try (StepDeadline deadline =
          StepDeadline.of(
              spark,
              "sleeps",
              Duration.ofMinutes(1),
              () -> System.nanoTime() + Duration.ofHours(hours.get()).toNanos())) {
        deadline.stepBegins(new StepPosition(0, 0));
        hours.set(1);
        spark.parallelize(List.of(1), 1).foreach(i -> Thread.sleep(2500));
        assertThat(deadline.missed()).isEmpty();
      }
    }
  }

  @Test
  void doesNotCancelAfterTheStepHasEnded() throws Exception {
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
