package org.finegrain.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.finegrain.config.LastBatch;
import org.junit.jupiter.api.Test;

class EpochPlanTest {
  private static final Topology TWO_EXECUTORS = new Topology(EngineKind.MKL_DNN, 2, 4);
  private static final Topology THREE_EXECUTORS = new Topology(EngineKind.MKL_DNN, 3, 1);
  private static final Topology EIGHT_CORES = new Topology(EngineKind.MKL_BLAS, 2, 4);

  @Test
  void leavesOutOrFillsUpTheLastBatch() {
    assertThat(plan(100, 16, LastBatch.DROP, TWO_EXECUTORS).steps()).isEqualTo(6);
    assertThat(plan(100, 16, LastBatch.WRAP, TWO_EXECUTORS).steps()).isEqualTo(7);
    assertThat(plan(96, 16, LastBatch.WRAP, TWO_EXECUTORS).steps()).isEqualTo(6);
  }

  @Test
  void countsAReplicaForEachExecutorOrForEachCore() {
    assertThat(TWO_EXECUTORS.replicas()).isEqualTo(2);
    assertThat(EIGHT_CORES.replicas()).isEqualTo(8);
  }

  @Test
  void dividesABatchAsEvenlyAsPossible() {
    EpochPlan plan = plan(100, 16, LastBatch.DROP, THREE_EXECUTORS);
    assertThat(IntStream.range(0, 3).map(plan::samplesOf)).containsExactly(6, 5, 5);
  }

  @Test
  void eachExecutorHasSamplesForAllItsSteps() {
    for (int samples = 16; samples < 70; samples++) {
      for (LastBatch lastBatch : LastBatch.values()) {
        EpochPlan plan = plan(samples, 16, lastBatch, THREE_EXECUTORS);
        int[] owned = new int[3];
        IntStream.range(0, samples).forEach(rank -> owned[plan.executorOf(rank)]++);
        for (int executor = 0; executor < 3; executor++) {
          int taken = plan.steps() * plan.samplesOf(executor);
          if (lastBatch == LastBatch.DROP) {
            assertThat(owned[executor]).isGreaterThanOrEqualTo(taken);
          } else {
            assertThat(owned[executor]).isLessThanOrEqualTo(taken); // every sample is used
          }
        }
      }
    }
  }

  @Test
  void refusesABatchThatLeavesAReplicaWithoutSamples() {
    assertThatThrownBy(() -> plan(100, 7, LastBatch.DROP, EIGHT_CORES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot split a batch of 7 samples over 8 replicas: raise train.batch-size to at least"
                + " 8, or use fewer executors");
  }

  @Test
  void refusesFewerSamplesThanABatch() {
    assertThatThrownBy(() -> plan(15, 16, LastBatch.WRAP, TWO_EXECUTORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot fill a batch of 16 with 15 samples");
  }

  private static EpochPlan plan(
      int samples, int batchSize, LastBatch lastBatch, Topology topology) {
    return EpochPlan.of(samples, batchSize, lastBatch, topology);
  }
}
