package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void meanAndSpreadOfThree() {
    Summary summary = Summary.of(List.of(1.0, 2.0, 6.0));
    assertThat(summary.n()).isEqualTo(3);
    assertThat(summary.mean()).isEqualTo(3);
    assertThat(summary.std()).isCloseTo(Math.sqrt(7), within(1e-12)); // (4 + 1 + 9) / 2
    assertThat(summary.standardError()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-12));
  }

  @Test
  void oneValueHasNoSpread() {
    Summary summary = Summary.of(List.of(0.5));
    assertThat(summary.hasSpread()).isFalse();
    assertThat(summary.mean()).isEqualTo(0.5);
    assertThat(summary.std()).isNaN();
    assertThat(summary.standardError()).isNaN();
  }

  @Test
  void equalValuesHaveNoSpreadAtAll() {
    Summary summary = Summary.of(List.of(0.1, 0.1, 0.1));
    assertThat(summary.mean()).isEqualTo(0.1);
    assertThat(summary.std()).isZero();
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
