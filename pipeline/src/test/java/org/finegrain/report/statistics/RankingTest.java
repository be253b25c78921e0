package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.report.statistics.Layouts.row;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final List<Integer> FIRST = row(850, 853, 847);
  private static final List<Integer> SECOND = row(830, 834, 829);
  private static final List<Integer> THIRD = row(810, 806, 809);
  private static final List<Integer> FOURTH = row(807, 811, 805);

  @Test
  void theBestAndTheSecondAreSetApart() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(THIRD, SECOND, FOURTH, FIRST)));
    assertThat(ranking.best()).hasValue(3);
    assertThat(ranking.second()).hasValue(1);
  }

  @Test
  void aDifferenceByChanceSetsNoRowApart() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(THIRD, FOURTH, row(806, 810, 811))));
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.second()).isEmpty();
  }

  @Test
  void twoFarAheadLeaveTheSecondUnderlinedAndNoneBold() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(FIRST, row(851, 846, 850), THIRD, FOURTH)));
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.second()).hasValue(1);
  }

  @Test
  void aTieHasNeitherABestNorASecond() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(FIRST, row(851, 849, 850), THIRD, FOURTH)));
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.second()).isEmpty();
  }

  @Test
  void aTieForTheSecondPlaceHasNoSecond() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(FIRST, SECOND, row(831, 833, 829), FOURTH)));
    assertThat(ranking.best()).hasValue(0);
    assertThat(ranking.second()).isEmpty();
  }

  @Test
  void theLastRowIsNeverTheSecond() {
    assertThat(Ranking.of(Layouts.of(List.of(FIRST, THIRD))).second()).isEmpty();
  }

  @Test
  void twoRowsAreComparedByWelchsTest() {
    Ranking ranking = Ranking.of(Layouts.of(List.of(FIRST, THIRD)));
    assertThat(ranking.leadersVariance()).isEqualTo(SeedComparison.Variance.WELCH);
    assertThat(ranking.best()).hasValue(0);
  }

  @Test
  void unsteadyLeadersAreJudgedByTheirOwnSpread() {
    List<Integer> first = row(852, 880, 868);
    List<Integer> second = row(832, 851, 836);
    OneWayLayout layout = Layouts.of(List.of(first, second, THIRD, FOURTH, row(804, 806, 808)));
    assertThat(Ranking.of(layout).leadersVariance()).isEqualTo(SeedComparison.Variance.WELCH);
    assertThat(Ranking.of(layout).best()).isEmpty();
    assertThat(SeedComparison.of(layout, 0, 1, SeedComparison.Variance.POOLED).pValue())
        .isLessThan(0.05);
  }

  @Test
  void aRowOfOneSeedCannotBeBeaten() {
    assertThat(Ranking.of(Layouts.of(List.of(FIRST, SECOND, THIRD, row(100)))).best()).isEmpty();
    assertThat(Ranking.of(Layouts.of(List.of(row(999), SECOND, THIRD, FOURTH))).best()).isEmpty();
  }

  @Test
  void missingSeedsCostPowerAndNothingElse() {
    OneWayLayout layout = Layouts.of(List.of(row(850, 853), SECOND, THIRD, FOURTH));
    assertThat(SpreadTest.of(layout, 0, 1).allowsPooling()).isFalse();
    assertThat(Ranking.of(Layouts.of(List.of(FIRST, SECOND, THIRD, row(806, 809)))).best())
        .hasValue(0);
  }

  @Test
  void withoutVarianceNoRowIsSetApart() {
    Ranking ranking =
        Ranking.of(Layouts.of(List.of(row(9, 9, 9), row(8, 8, 8), row(7, 7, 7), row(7, 7, 7))));
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.second()).isEmpty();
  }

  @Test
  void allRightBeatsRowsThatAreNot() {
    Ranking ranking =
        Ranking.of(Layouts.of(List.of(row(0, 0, 0), row(1000, 1000, 1000), FIRST, THIRD)));
    assertThat(ranking.best()).hasValue(1);
    assertThat(ranking.second()).hasValue(2);
  }

  @Test
  void fewerThanTwoRowsHaveNoBest() {
    assertThat(Ranking.of(Layouts.of(List.of(FIRST))).best()).isEmpty();
    assertThat(Ranking.of(Layouts.of(List.of())).best()).isEmpty();
    assertThat(Ranking.of(Layouts.of(List.of())).second()).isEmpty();
  }
}
