package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HitsTest {
  @Test
  void everyFractionGivesItsCountBack() {
    for (long samples : new long[] {1, 3, 243, 5794, 8580, 1_000_000}) {
      for (long count = 0; count <= samples; count += Math.max(1, samples / 997)) {
        assertThat(Hits.ofFraction((double) count / samples, samples))
            .isEqualTo(new Hits(count, samples));
      }
    }
  }

  @Test
  void refusesImpossibleCounts() {
    assertThatThrownBy(() -> Hits.ofFraction(0.4105, 200))
        .hasMessage("an accuracy of 0.4105 is impossible with 200 samples");
    assertThatThrownBy(() -> Hits.ofFraction(Double.NaN, 200))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hits.ofFraction(9.25, 200))
        .hasMessage("1850 hits of 200 samples are impossible");
    assertThatThrownBy(() -> new Hits(-1, 200)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hits(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
