package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/** Tests the comparisons over datasets. */
class RanksTest {
  @Test
  void equalAccuraciesShareTheirRanks() {
    MeanRanks ranks =
        MeanRanks.of(
                List.of(List.of(0.9, 0.9, 0.8), List.of(0.7, 0.8, 0.6), List.of(1.0, 1.0, 1.0)))
            .orElseThrow();
    assertThat(ranks.mean(0)).isCloseTo((1.5 + 2 + 2) / 3, within(1e-12));
    assertThat(ranks.mean(1)).isCloseTo((1.5 + 1 + 2) / 3, within(1e-12));
    assertThat(ranks.mean(2)).isCloseTo((3 + 3 + 2) / 3.0, within(1e-12));
  }

  @Test
  void thereAreNoneBelowThreeDatasets() {
    assertThat(MeanRanks.of(List.of(List.of(0.9, 0.8), List.of(0.9, 0.8)))).isEmpty();
    assertThat(MeanRanks.of(List.of())).isEmpty();
    assertThat(MeanRanks.of(List.of(List.of(0.9), List.of(0.9), List.of(0.9)))).isEmpty();
  }

  @Test
  void refusesAMethodThatLacksADataset() {
    List<List<Double>> lacking =
        List.of(List.of(0.9, 0.8), List.of(0.9, Double.NaN), List.of(0.9, 0.8));
    assertThatThrownBy(() -> MeanRanks.of(lacking))
        .hasMessageStartingWith("Cannot rank methods that were not all scored on all datasets");
  }

  @Test
  void threeDatasetsCannotTellTwoMethodsApart() {
    MeanRanks ranks = consistent(2, 3);
    assertThat(FriedmanTest.of(ranks).pValue()).isEqualTo(0.25); // 2 of the 8 outcomes
    assertThat(ranks.criticalDifference().value())
        .isGreaterThan(ranks.criticalDifference().largest());
    assertThat(ranks.criticalDifference().power()).isZero();
  }

  @Test
  void theSameOrderOnFourDatasetsIsFound() {
    // All 24⁴ tables: only the 24 in which all four datasets agree reach this statistic.
    assertThat(FriedmanTest.of(consistent(4, 4)).pValue())
        .isCloseTo(24 / Math.pow(24, 4), within(1e-12));
  }

  @Test
  void equalMethodsDoNotDiffer() {
    MeanRanks ranks =
        MeanRanks.of(List.of(List.of(0.5, 0.5), List.of(1.0, 1.0), List.of(0.0, 0.0)))
            .orElseThrow();
    assertThat(FriedmanTest.of(ranks).pValue()).isEqualTo(1);
    assertThat(FriedmanTest.of(ranks).statistic()).isNaN();
  }

  @Test
  void drawnPermutationsAreSeededAndAgreeWithTheLimit() {
    List<List<Double>> accuracies = new ArrayList<>();
    for (int dataset = 0; dataset < 12; dataset++) {
      List<Double> row = new ArrayList<>();
      for (int method = 0; method < 7; method++) {
        row.add(Math.sin(dataset * 5 + method * method * 3) + method * 0.15);
      }
      accuracies.add(row);
    }
    MeanRanks ranks = MeanRanks.of(accuracies).orElseThrow();
    FriedmanTest test = FriedmanTest.of(ranks);
    assertThat(FriedmanTest.of(ranks)).isEqualTo(test);
    double limit = 1 - new ChiSquaredDistribution(6).cumulativeProbability(test.statistic());
    assertThat(test.pValue()).isCloseTo(limit, within(0.02)).isBetween(0.001, 0.6);
  }

  @Test
  void moreDatasetsFindMore() {
    assertThat(new CriticalDifference(5, 4).power()).isBetween(0.1, 0.4);
    assertThat(new CriticalDifference(5, 12).power()).isGreaterThan(0.9);
  }

  /** Returns the ranks of methods that have the same order on every dataset. */
  private static MeanRanks consistent(int methods, int datasets) {
    List<Double> row = new ArrayList<>();
    for (int method = 0; method < methods; method++) {
      row.add(0.9 - 0.1 * method);
    }
    return MeanRanks.of(Collections.nCopies(datasets, row)).orElseThrow();
  }
}
