package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.report.statistics.Layouts.row;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneWayLayoutTest {
  @Test
  void poolsTheDeviationsFromEachRowsMean() {
    OneWayLayout layout = Layouts.of(List.of(row(800, 802, 804), row(700, 706), row(500)));
    PooledVariance variance = layout.variance();
    assertThat(variance.degreesOfFreedom()).isEqualTo(3);
    assertThat(variance.value()).isCloseTo((4 + 0 + 4 + 9 + 9) / 3.0 / 1e6, within(1e-15));
  }

  @Test
  void equalCountsHaveNoVarianceAtAll() {
    // 0.333… has no exact double, its counts do.
    OneWayLayout layout =
        OneWayLayout.of(List.of(List.of(new Hits(1, 3), new Hits(1, 3), new Hits(1, 3))));
    assertThat(layout.variance().value()).isZero();
  }

  @Test
  void withoutASecondSeedThereIsNoVariance() {
    assertThat(Layouts.of(List.of(row(800), row(700))).variance().value()).isNaN();
  }

  @Test
  void tiesAreFoundExactlyWithUnequalNumbersOfSeeds() {
    OneWayLayout layout = Layouts.of(List.of(row(700, 701, 702), row(701, 701), row(701, 702)));
    assertThat(layout.compareMeans(0, 1)).isZero();
    assertThat(layout.compareMeans(0, 2)).isNegative();
  }

  @Test
  void refusesARowWithoutHits() {
    assertThatThrownBy(() -> Layouts.of(List.of(row(1), row())))
        .hasMessage("Row 1 has no hits: leave it out");
  }
}
