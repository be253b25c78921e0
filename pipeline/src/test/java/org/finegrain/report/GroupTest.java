package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.junit.jupiter.api.Test;

class GroupTest {
  private final Group better = group(0.50, 0.52, 0.51);
  private final Group worse = group(0.40, 0.41, 0.415);

  @Test
  void theBestIsBetterThanEveryOther() {
    assertThat(Group.best(List.of(worse, better, group(0.3, 0.32, 0.305)))).contains(better);
  }

  @Test
  void aDifferenceThatMayBeChanceMakesNoBest() {
    assertThat(Group.best(List.of(better, worse, group(0.49, 0.53, 0.50)))).isEmpty();
  }

  @Test
  void oneSeedTestsNothing() {
    assertThat(Group.best(List.of(group(0.9), group(0.1)))).isEmpty();
    assertThat(Group.best(List.of(better, group(0.1)))).isEmpty();
  }

  @Test
  void oneRowIsNotTheBest() {
    assertThat(Group.best(List.of(better))).isEmpty();
    assertThat(Group.best(List.of(better, group()))).isEmpty();
  }

  @Test
  void oneHitMoreInEverySeedMakesNoBest() {
    Group fewer = group(4635 / 5794.0, 4640 / 5794.0, 4630 / 5794.0);
    Group more = group(4636 / 5794.0, 4641 / 5794.0, 4631 / 5794.0);
    assertThat(Group.best(List.of(fewer, more))).isEmpty();
  }

  @Test
  void seedsThatBothHaveAreCompared() {
    // Without its fourth seed the better one would not be so by far: pairs count, not means alone.
    assertThat(Group.best(List.of(group(0.50, 0.52, 0.51, 0.1), worse))).isEmpty();
    assertThat(Group.best(List.of(group(0.50, 0.52, 0.51, 0.9), worse))).isPresent();
  }

  private static Group group(double... top1BySeed) {
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
              TrialState.COMPLETED,
              Optional.empty(),
              Optional.of(Hits.ofShare(top1BySeed[seed], 5794_000)),
              Optional.empty(),
              List.of(),
              new TreeMap<>()));
    }
    return new Group(trials);
  }
}
