package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.report.statistics.Layouts.row;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTestTest {
  private static final List<Integer> NARROW = row(700, 702, 704);

  @Test
  void allowsPoolingOfRowsThatSpreadAlike() {
    assertThat(test(row(800, 803, 806), row(790, 791, 793)).allowsPooling()).isTrue();
  }

  @Test
  void findsTwoRowsThatSpreadMore() {
    SpreadTest test = test(row(800, 808, 816), row(790, 797, 806));
    assertThat(test.pValue()).isLessThan(0.01);
    assertThat(test.allowsPooling()).isFalse();
  }

  @Test
  void rowsThatSpreadLessMayBePooled() {
    // Pooling then overstates the variance of the two rows, which makes no wrong claim.
    assertThat(test(row(800, 800, 800), row(790, 790, 790)).allowsPooling()).isTrue();
  }

  @Test
  void knowsItsPowerFromTheNumbersOfSeedsAlone() {
    double power = test(row(800, 803, 806), row(790, 791, 793)).power();
    assertThat(power).isBetween(0.92, 0.94);
    assertThat(test(row(1, 2, 3), row(4, 4, 4)).power()).isEqualTo(power);
  }

  @Test
  void twoSeedsAreTooFewToPool() {
    assertThat(test(row(800, 803), row(790, 791, 793)).allowsPooling()).isFalse();
  }

  @Test
  void tooLittlePowerAllowsNoPooling() {
    OneWayLayout two = Layouts.of(List.of(NARROW, NARROW));
    assertThat(SpreadTest.of(two, 0, 1).allowsPooling()).isFalse(); // no other row
    OneWayLayout oneSeed = Layouts.of(List.of(NARROW, NARROW, row(700)));
    assertThat(SpreadTest.of(oneSeed, 0, 1).allowsPooling()).isFalse();
    OneWayLayout twoSeeds = Layouts.of(List.of(NARROW, NARROW, row(700, 702)));
    assertThat(SpreadTest.of(twoSeeds, 0, 1).power()).isBetween(0.1, 0.66);
    assertThat(SpreadTest.of(twoSeeds, 0, 1).allowsPooling()).isFalse();
  }

  @Test
  void anySpreadIsLargerThanNone() {
    OneWayLayout layout =
        Layouts.of(List.of(NARROW, NARROW, row(5, 5, 5), row(6, 6, 6), row(7, 7, 7)));
    assertThat(SpreadTest.of(layout, 0, 1).allowsPooling()).isFalse();
  }

  private static SpreadTest test(List<Integer> a, List<Integer> b) {
    return SpreadTest.of(Layouts.of(List.of(a, b, NARROW, NARROW, NARROW)), 0, 1);
  }
}
