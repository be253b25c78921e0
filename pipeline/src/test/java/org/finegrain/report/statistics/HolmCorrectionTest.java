package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmCorrectionTest {
  @Test
  void multipliesByTheRemainingComparisonsAndNeverFalls() {
    List<Double> adjusted = HolmCorrection.adjust(List.of(0.01, 0.04, 0.03));
    assertThat(adjusted.get(0)).isCloseTo(0.03, within(1e-12));
    assertThat(adjusted.get(2)).isCloseTo(0.06, within(1e-12));
    assertThat(adjusted.get(1))
        .isCloseTo(0.06, within(1e-12)); // 0.04 · 1, raised to the value before it
  }

  @Test
  void neverExceedsOne() {
    assertThat(HolmCorrection.adjust(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
    assertThat(HolmCorrection.adjust(List.of())).isEmpty();
  }

  @Test
  void aTestThatWasNotMadeDoesNotCount() {
    assertThat(HolmCorrection.adjust(List.of(0.02, Double.NaN, 0.03)))
        .containsExactly(0.04, Double.NaN, 0.04);
  }

  @Test
  void equalValuesHaveOneCorrectedValue() {
    assertThat(HolmCorrection.byValue(List.of(0.01, 0.04, 0.01, Double.NaN)))
        .containsEntry(0.01, 0.03)
        .containsEntry(0.04, 0.04)
        .containsEntry(Double.NaN, Double.NaN)
        .hasSize(3);
  }
}
