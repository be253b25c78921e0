package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.report.statistics.Layouts.row;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedComparisonTest {
  private static final List<Integer> STEADY = row(700, 703, 706);

  @Test
  void theIntervalExcludesZeroExactlyWhereTheTestRejects() {
    OneWayLayout layout =
        Layouts.of(List.of(row(720, 723, 719), STEADY, row(705, 700, 709), row(712, 706, 709)));
    List<SeedComparison> all = SeedComparison.ofAllPairs(layout);
    assertThat(all).hasSize(6);
    assertThat(all.stream().map(SeedComparison::pValue)).anyMatch(p -> p < 0.05);
    assertThat(all.stream().map(SeedComparison::pValue)).anyMatch(p -> p > 0.05);
    for (SeedComparison pair : all) {
      boolean excludesZero = pair.interval().low() > 0 || pair.interval().high() < 0;
      assertThat(excludesZero).isEqualTo(pair.pValue() < 0.05);
    }
  }

  @Test
  void everyOtherRowIsComparedWithTheBaseline() {
    OneWayLayout layout = Layouts.of(List.of(row(720, 723, 719), STEADY, row(690, 700, 694)));
    List<SeedComparison> all = SeedComparison.withBaseline(layout, 1);
    assertThat(all.stream().map(SeedComparison::row)).containsExactly(0, 2);
    assertThat(all.stream().map(SeedComparison::other)).containsOnly(1);
    assertThat(all.get(0).effect()).isPositive();
    assertThat(all.get(1).effect()).isNegative();
  }

  @Test
  void equalMeansHaveAPValueOfOne() {
    SeedComparison pair = compare(STEADY, row(701, 703, 705));
    assertThat(pair.effect()).isZero();
    assertThat(pair.pValue()).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneSeedIsNotTested() {
    SeedComparison pair = compare(row(900), STEADY);
    assertThat(pair.effect()).isCloseTo(0.197, within(1e-12));
    assertThat(pair.pValue()).isNaN();
    assertThat(pair.interval().isKnown()).isFalse();
  }

  @Test
  void withoutAnyVarianceNothingIsTested() {
    OneWayLayout layout = Layouts.of(List.of(row(9, 9, 9), row(8, 8, 8), row(7, 7, 7)));
    assertThat(SeedComparison.of(layout, 0, 1).pValue()).isNaN();
    assertThat(SeedComparison.of(layout, 0, 1).interval().isKnown()).isFalse();
  }

  @Test
  void allRightAndAllWrongStayWithinTheLargestDifference() {
    OneWayLayout layout =
        Layouts.of(List.of(row(1000, 1000, 1000), row(0, 0, 0), row(500, 540, 460), STEADY));
    SeedComparison pair = SeedComparison.of(layout, 0, 1);
    assertThat(pair.effect()).isEqualTo(1);
    assertThat(pair.pValue()).isLessThan(1e-6);
    assertThat(pair.interval().high()).isEqualTo(1);
    assertThat(SeedComparison.of(layout, 1, 0).interval().low()).isEqualTo(-1);
  }

  @Test
  void differentTestSplitsAreNotCompared() {
    OneWayLayout layout =
        OneWayLayout.of(
            List.of(
                List.of(new Hits(90, 100), new Hits(91, 100), new Hits(92, 100)),
                List.of(new Hits(50, 101), new Hits(51, 101), new Hits(52, 101))));
    assertThat(SeedComparison.of(layout, 0, 1).pValue()).isNaN();
  }

  @Test
  void theCorrectionIsThatOfTheWholeTable() {
    OneWayLayout layout = Layouts.of(List.of(row(720, 723, 719), STEADY, row(690)));
    List<SeedComparison> all = SeedComparison.withBaseline(layout, 1);
    assertThat(HolmCorrection.ofTable(all).get(0)).isEqualTo(all.get(0).pValue());
    assertThat(HolmCorrection.ofTable(all).get(1)).isNaN();
    List<SeedComparison> twoColumns = List.of(all.get(0), all.get(0), all.get(1));
    assertThat(HolmCorrection.ofTable(twoColumns).get(0)).isEqualTo(2 * all.get(0).pValue());
  }

  private static SeedComparison compare(List<Integer> a, List<Integer> b) {
    return SeedComparison.of(Layouts.of(List.of(a, b, row(600, 605, 602), STEADY)), 0, 1);
  }
}
