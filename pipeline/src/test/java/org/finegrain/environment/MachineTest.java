package org.finegrain.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void readsWhatLinuxSaysOfTheFirstProcessor() {
    Machine machine =
        Machine.of(
            List.of(
                "processor\t: 0",
                "model name\t: Intel(R) Xeon(R) Gold: 6338",
                "flags\t\t: fpu avx2 sse4_1 avx avx512f",
                "",
                "processor\t: 1",
                "model name\t: another",
                "flags\t\t: fpu"),
            4,
            1L << 33);
    assertThat(machine)
        .isEqualTo(
            new Machine(
                "Intel(R) Xeon(R) Gold: 6338",
                List.of("avx", "avx2", "avx512f", "sse4_1"),
                4,
                1L << 33));
    assertThat(machine.has("avx2")).isTrue();
    assertThat(machine.has("fma")).isFalse();
  }

  @Test
  void isUnknownWhereThereIsNothingToRead() {
    assertThat(Machine.of(List.of(), 1, 1)).isEqualTo(new Machine("unknown", List.of(), 1, 1));
  }

  @Test
  void knowsTheOneItRunsOn() {
    assertThat(Machine.current().processors()).isPositive();
    assertThat(Machine.current().memoryBytes()).isGreaterThan(1 << 20);
    assertThat(Machine.current().vectors()).contains("sse4_1"); // of every x86-64 since 2008
  }
}
