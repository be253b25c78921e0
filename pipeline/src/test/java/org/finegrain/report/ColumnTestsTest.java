package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.report.statistics.SeedComparison;
import org.junit.jupiter.api.Test;

class ColumnTestsTest {
  private final SeedGroup better = group(0.50, 0.52, 0.51);
  private final SeedGroup worse = group(0.40, 0.41, 0.415);
  private final SeedGroup worst = group(0.3, 0.32, 0.305);

  @Test
  void theBestBeatsEveryOtherRowAndTheSecondEveryRowBelow() {
    ColumnTests tests = ColumnTests.of(List.of(worse, better, worst));
    assertThat(best(tests)).containsExactly(1);
    assertThat(second(tests)).containsExactly(0);
  }

  @Test
  void aDifferenceByChanceMakesNoBest() {
    assertThat(best(ColumnTests.of(List.of(better, worse, group(0.49, 0.53, 0.50))))).isEmpty();
  }

  @Test
  void aSecondThatDoesNotBeatTheThirdIsNotUnderlined() {
    SeedGroup asGoodAsTheSecond = group(0.405, 0.41, 0.415);
    ColumnTests tests = ColumnTests.of(List.of(better, worse, asGoodAsTheSecond));
    assertThat(best(tests)).containsExactly(0);
    assertThat(second(tests)).isEmpty();
  }

  @Test
  void oneSeedIsNotTested() {
    ColumnTests tests = ColumnTests.of(List.of(group(0.9), group(0.1)));
    assertThat(best(tests)).isEmpty();
    assertThat(tests.power()).isEmpty();
    SeedComparison difference = tests.compare(0, 1).orElseThrow();
    assertThat(difference.effect()).isEqualTo(0.8);
    assertThat(difference.pValue()).isNaN();
    assertThat(best(ColumnTests.of(List.of(better, worst, group(0.1))))).isEmpty();
  }

  @Test
  void aSingleGroupIsNotTheBest() {
    for (List<SeedGroup> rows :
        List.of(List.of(better), List.of(better, group()), List.of(group(), group()))) {
      assertThat(best(ColumnTests.of(rows))).isEmpty();
    }
  }

  @Test
  void groupsWithoutScoresAreLeftOutAndKeepTheirPlace() {
    ColumnTests tests = ColumnTests.of(List.of(worse, group(), better, worst));
    assertThat(best(tests)).containsExactly(2);
    assertThat(second(tests)).containsExactly(0);
    assertThat(tests.mean(1)).isEmpty();
    assertThat(tests.compare(0, 1)).isEmpty();
    ColumnTests without = ColumnTests.of(List.of(worse, better, worst));
    assertThat(tests.compare(2, 3).orElseThrow().pValue())
        .isEqualTo(without.compare(1, 2).orElseThrow().pValue());
    assertThat(tests.power()).isEqualTo(without.power());
  }

  @Test
  void oneHitMoreInEverySeedMakesNoBest() {
    SeedGroup fewer = group(4635 / 5794.0, 4640 / 5794.0, 4630 / 5794.0);
    SeedGroup more = group(4636 / 5794.0, 4641 / 5794.0, 4631 / 5794.0);
    assertThat(best(ColumnTests.of(List.of(fewer, more, worst)))).isEmpty();
  }

  @Test
  void itDoesNotMatterWhichSeedsTwoGroupsHave() {
    SeedGroup otherSeeds = new SeedGroup(group(0, 0, 0, 0.50, 0.52, 0.51).trials().subList(3, 6));
    assertThat(best(ColumnTests.of(List.of(worse, otherSeeds, worst)))).containsExactly(1);
  }

  private static List<Integer> best(ColumnTests tests) {
    return IntStream.range(0, 4).filter(tests::isBest).boxed().toList();
  }

  private static List<Integer> second(ColumnTests tests) {
    return IntStream.range(0, 4).filter(tests::isSecond).boxed().toList();
  }

  /** Returns the trials of a row, one seed for each accuracy. */
  static SeedGroup group(double... top1BySeed) {
    return new SeedGroup(
        IntStream.range(0, top1BySeed.length)
            .mapToObj(seed -> new FakeTrial().on("cub", seed).top1(top1BySeed[seed]).build())
            .toList());
  }
}
