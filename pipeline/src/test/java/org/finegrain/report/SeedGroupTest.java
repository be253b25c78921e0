package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.junit.jupiter.api.Test;

class SeedGroupTest {
  private final SeedGroup better = group(0.50, 0.52, 0.51);
  private final SeedGroup worse = group(0.40, 0.41, 0.415);
  private final SeedGroup worst = group(0.3, 0.32, 0.305);

  @Test
  void theBestIsBetterThanEveryOther() {
    assertThat(SeedGroup.best(List.of(worse, better, worst))).contains(better);
  }

  @Test
  void aDifferenceByChanceMakesNoBest() {
    assertThat(SeedGroup.best(List.of(better, worse, group(0.49, 0.53, 0.50)))).isEmpty();
  }

  @Test
  void oneSeedIsNotTested() {
    assertThat(SeedGroup.best(List.of(group(0.9), group(0.1)))).isEmpty();
    assertThat(SeedGroup.best(List.of(better, worst, group(0.1)))).isEmpty();
    assertThat(SeedGroup.power(List.of(group(0.9), group(0.1)))).isEmpty();
  }

  @Test
  void aSingleGroupIsNotTheBest() {
    assertThat(SeedGroup.best(List.of(better))).isEmpty();
    assertThat(SeedGroup.best(List.of(better, group()))).isEmpty();
    assertThat(SeedGroup.best(List.of(group(), group()))).isEmpty();
  }

  @Test
  void groupsWithoutScoresAreLeftOut() {
    assertThat(SeedGroup.best(List.of(worse, group(), better, worst))).contains(better);
    assertThat(SeedGroup.power(List.of(worse, group(), better, worst)))
        .isEqualTo(SeedGroup.power(List.of(worse, better, worst)));
  }

  @Test
  void oneHitMoreInEverySeedMakesNoBest() {
    SeedGroup fewer = group(4635 / 5794.0, 4640 / 5794.0, 4630 / 5794.0);
    SeedGroup more = group(4636 / 5794.0, 4641 / 5794.0, 4631 / 5794.0);
    assertThat(SeedGroup.best(List.of(fewer, more, worst))).isEmpty();
  }

  @Test
  void itDoesNotMatterWhichSeedsTwoGroupsHave() {
    SeedGroup otherSeeds = new SeedGroup(group(0, 0, 0, 0.50, 0.52, 0.51).trials().subList(3, 6));
    assertThat(SeedGroup.best(List.of(worse, otherSeeds, worst))).contains(otherSeeds);
  }

  static SeedGroup group(double... top1BySeed) {
    List<Trial> trials = new ArrayList<>();
    for (int seed = 0; seed < top1BySeed.length; seed++) {
      trials.add(
          new Trial(
              "id" + seed + top1BySeed[seed],
              "sweep",
              "cub",
              "f1",
              seed,
              new TreeMap<>(),
              Map.of(),
              TrialState.COMPLETED,
              Optional.empty(),
              Optional.of(Hits.ofFraction(top1BySeed[seed], 5794_000)),
              Optional.empty(),
              List.of(),
              new TreeMap<>()));
    }
    return new SeedGroup(trials);
  }
}
