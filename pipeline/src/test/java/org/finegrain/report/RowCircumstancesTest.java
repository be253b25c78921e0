package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowCircumstancesTest {
  private static final Map<String, String> EPYC =
      Map.of(
          "executor-cpu", "AMD EPYC",
          "executor-vectors", "avx avx2 avx512f",
          "executor-processors", "8",
          "executors", "4",
          "cores-per-executor", "2",
          "engine", "MKL_DNN",
          "replicas", "4",
          "code-version", "0.1.0+a");

  @Test
  void aRunSaysWhereItRan() {
    RunCircumstances run = trial(1, EPYC).circumstances();
    assertThat(run.machine().orElseThrow().text()).isEqualTo("AMD EPYC (AVX-512), 8 processors");
    assertThat(run.replicas()).contains("4");
    assertThat(run.codeVersion()).contains("0.1.0+a");
    assertThat(run.engine()).contains("MKL_DNN");
    assertThat(run.executors().orElseThrow().text()).isEqualTo("4 × 2 cores");
    assertThat(run.executors().orElseThrow().cores()).isEqualTo(8);
  }

  @Test
  void theDriversMachineStandsForExecutorsThatAreNotNoted() {
    Map<String, String> driver =
        Map.of("driver-cpu", "Xeon", "driver-processors", "1", "executor-cpu", "–");
    assertThat(trial(1, driver).circumstances().machine().orElseThrow().text())
        .isEqualTo("Xeon, 1 processor");
    assertThat(trial(1, Map.of()).circumstances().machine()).isEmpty();
  }

  @Test
  void whatIsMixedIsSaidInWords() {
    Trial other =
        new FakeTrial()
            .on("cub", 3)
            .top1(0.5)
            .provenance(EPYC)
            .provenance(
                Map.of("executor-cpu", "Xeon", "replicas", "2", "code-version", "0.1.0+b.dirty"))
            .build();
    RowCircumstances row =
        RowCircumstances.of(new SeedGroup(List.of(trial(1, EPYC), trial(2, EPYC), other)));
    assertThat(row.mixed())
        .containsExactly(
            "machines: AMD EPYC (AVX-512), 8 processors (2 runs); Xeon (AVX-512), 8 processors (1"
                + " run)",
            "replicas: 2 (1 run); 4 (2 runs)",
            "code versions: 0.1.0+a (2 runs); 0.1.0+b.dirty (1 run)");
  }

  @Test
  void runsWithoutAScoreAndUnknownCircumstancesMixNothing() {
    Trial planned =
        new FakeTrial().on("cub", 3).provenance(Map.of("code-version", "0.1.0+b")).build();
    SeedGroup row = new SeedGroup(List.of(trial(1, EPYC), trial(2, Map.of()), planned));
    assertThat(RowCircumstances.of(row).mixed()).isEmpty();
  }

  private static Trial trial(long seed, Map<String, String> provenance) {
    return new FakeTrial().on("cub", seed).top1(0.5).provenance(provenance).build();
  }
}
