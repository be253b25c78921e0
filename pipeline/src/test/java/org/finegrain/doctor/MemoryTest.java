package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.doctor.FakeJvms.MACHINE;
import static org.finegrain.doctor.FakeJvms.jvm;
import static org.finegrain.doctor.FakeJvms.jvms;

import java.util.List;
import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Machine;
import org.junit.jupiter.api.Test;

/** Tests ResNet-50 at 224 pixels with batch 16 on two executors, so 8 images for each replica. */
class MemoryTest {
  private static final Topology TWO = new Topology(EngineKind.MKL_DNN, 2, 4);
  private static final ExperimentConfig DEFAULTS = ExperimentConfig.DEFAULTS;

  @Test
  void enoughMemoryShowsTheNeed() {
    Finding finding = new Memory(FakeJvms.FINE, TWO, 1, List.of(DEFAULTS)).examine();
    assertThat(finding.text())
        .matches(
            "at least 0\\.2 GiB in the heap and \\d\\.\\d GiB outside it, 0\\.6 GiB in the driver's heap");
    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void theLargestTrialCounts() {
    ExperimentConfig large = DEFAULTS.withOverrides(Map.of("train.batch-size", "1000"));
    Finding finding = new Memory(FakeJvms.FINE, TWO, 1, List.of(DEFAULTS, large)).examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text())
        .contains(
            "; executor 0 (host) has a heap of 4.0 GiB and 16.0 GiB of memory in all: lower train.batch");
  }

  @Test
  void aHeapThatCannotHoldTheWeightsFails() {
    Finding finding =
        new Memory(jvms(jvm(), jvm(), jvm().heapBytes(100 << 20)), TWO, 1, List.of(DEFAULTS))
            .examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text()).contains("executor 1 (host)", "give more by spark.executor.memory");
  }

  /**
   * The driver holds 24 million weights, and three states with weights, two moments and an average.
   */
  @Test
  void theDriverHoldsWholeStates() {
    Map<String, String> adamw = Map.of("train.optimizer.kind", "adamw", "train.ema-decay", "0.99");
    Finding finding =
        new Memory(
                jvms(jvm().heapBytes(1 << 30), jvm(), jvm()),
                TWO,
                1,
                List.of(DEFAULTS.withOverrides(adamw)))
            .examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text())
        .isEqualTo(
            "the driver needs a heap of at least 1.2 GiB and has 1.0 GiB: give more by FINEGRAIN_MEMORY or spark.driver.memory");
  }

  @Test
  void theDriverHoldsTheNetworksOfAllTrialsAtATime() {
    Topology one = new Topology(EngineKind.MKL_DNN, 1, 4);
    Finding finding = new Memory(FakeJvms.FINE, one, 2, List.of(DEFAULTS)).examine();
    assertThat(finding.text()).endsWith(", 0.9 GiB in the driver's heap");
  }

  @Test
  void aHeapThatLeavesTooLittleIsAWarning() {
    Machine small = new Machine(MACHINE.cpu(), MACHINE.vectors(), 8, 4L << 30);
    Finding finding =
        new Memory(
                jvms(jvm().machine(small)),
                new Topology(EngineKind.MKL_DNN, 1, 4),
                1,
                List.of(DEFAULTS.withOverrides(Map.of("train.batch-size", "4"))))
            .examine();
    assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(finding.text()).contains("lower FINEGRAIN_MEMORY or spark.driver.memory");
  }
}
