package org.finegrain.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void stepsAreRoundAndSpanTheData() {
    Ticks ticks = Ticks.spanning(List.of(38.8, 76.0), 5);
    assertThat(labels(ticks)).containsExactly("30", "40", "50", "60", "70", "80");
    assertThat(labels(Ticks.spanning(List.of(0.11, 0.42), 5)))
        .containsExactly("0.1", "0.2", "0.3", "0.4", "0.5");
  }

  @Test
  void countsHaveWholeTicks() {
    assertThat(labels(Ticks.spanningWhole(List.of(1.0, 200.0), 6)))
        .containsExactly("0", "50", "100", "150", "200");
    assertThat(labels(Ticks.spanningWhole(List.of(1.0, 3.0), 6))).containsExactly("1", "2", "3");
    assertThat(labels(Ticks.spanningWhole(List.of(1.0), 6))).containsExactly("1", "2");
  }

  @Test
  void oneValueStillHasAnAxis() {
    Ticks ticks = Ticks.spanning(List.of(0.5), 5);
    assertThat(ticks.low()).isLessThan(0.5);
    assertThat(ticks.high()).isGreaterThan(0.5);
    assertThat(Ticks.spanning(List.of(0.0, 0.0), 5).values()).hasSizeGreaterThan(1);
  }

  private static List<String> labels(Ticks ticks) {
    return ticks.values().stream().map(ticks::label).toList();
  }
}
