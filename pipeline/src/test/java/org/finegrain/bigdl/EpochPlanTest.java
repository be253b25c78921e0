package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EpochPlanTest {
  private static final Topology TWO_EXECUTORS = new Topology(EngineKind.MKL_DNN, 2, 4);
  private static final Topology EIGHT_CORES = new Topology(EngineKind.MKL_BLAS, 2, 4);

  @Test
  void leavesOutWhatDoesNotFillABatchOfEachExecutor() {
    assertThat(EpochPlan.of(100, 16, TWO_EXECUTORS)).isEqualTo(new EpochPlan(6, 8));
    assertThat(EpochPlan.of(17, 16, TWO_EXECUTORS)).isEqualTo(new EpochPlan(1, 8));
    assertThat(EpochPlan.of(100, 16, EIGHT_CORES)).isEqualTo(new EpochPlan(6, 8));
  }

  @Test
  void aReplicaIsAnExecutorOrACore() {
    assertThat(TWO_EXECUTORS.replicas()).isEqualTo(2);
    assertThat(EIGHT_CORES.replicas()).isEqualTo(8);
  }

  @Test
  void namesTheNearestBatchSizes() {
    assertThatThrownBy(() -> EpochPlan.of(100, 15, TWO_EXECUTORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot split batch 15 over 2 replicas: train.batch-size must be a multiple of 2, nearest 14 or 16");
    assertThatThrownBy(() -> EpochPlan.of(100, 3, EIGHT_CORES)).hasMessageEndingWith("nearest 8");
  }

  @Test
  void refusesFewerSamplesThanABatch() {
    assertThatThrownBy(() -> EpochPlan.of(15, 16, TWO_EXECUTORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot fill a batch of 16 with 15 samples");
  }
}
