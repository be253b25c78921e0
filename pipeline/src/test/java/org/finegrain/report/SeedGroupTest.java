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

  @Test
  void theBestIsBetterThanEveryOther() {
    assertThat(SeedGroup.best(List.of(worse, better, group(0.3, 0.32, 0.305)))).contains(better);
  }

  @Test
  void aDifferenceByChanceMakesNoBest() {
    assertThat(SeedGroup.best(List.of(better, worse, group(0.49, 0.53, 0.50)))).isEmpty();
  }

  @Test
  void oneSeedIsNotTested() {
    assertThat(SeedGroup.best(List.of(group(0.9), group(0.1)))).isEmpty();
    assertThat(SeedGroup.best(List.of(better, group(0.1)))).isEmpty();
  }

  @Test
  void aSingleGroupIsNotTheBest() {
    assertThat(SeedGroup.best(List.of(better))).isEmpty();
    assertThat(SeedGroup.best(List.of(better, group()))).isEmpty();
  }

  @Test
  void oneHitMoreInEverySeedMakesNoBest() {
    SeedGroup fewer = group(4635 / 5794.0, 4640 / 5794.0, 4630 / 5794.0);
    SeedGroup more = group(4636 / 5794.0, 4641 / 5794.0, 4631 / 5794.0);
    assertThat(SeedGroup.best(List.of(fewer, more))).isEmpty();
  }

  @Test
  void onlySharedSeedsAreCompared() {
    // The test looks at pairs of seeds: without its fourth seed the better group would not win.
    assertThat(SeedGroup.best(List.of(group(0.50, 0.52, 0.51, 0.1), worse))).isEmpty();
    assertThat(SeedGroup.best(List.of(group(0.50, 0.52, 0.51, 0.9), worse))).isPresent();
  }

  private static SeedGroup group(double... top1BySeed) {
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
