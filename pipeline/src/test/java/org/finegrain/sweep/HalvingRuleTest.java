package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.finegrain.config.HalvingConfig;
import org.junit.jupiter.api.Test;

/**
 * Tests decisions that were worked out by hand with algorithm 2 of Li et al. 2020, in their example
 * of 9 settings, η = 3, r = 1 and R = 9: rungs after 1 and 3 epochs.
 */
class HalvingRuleTest {
  private static final double NAN = Double.NaN;
  private final HalvingRule rule = new HalvingRule(new HalvingConfig(3, 1));

  @Test
  void aRungHasThreeTimesTheEpochsOfTheOneBefore() {
    assertThat(rule.rungs(9)).containsExactly(1, 3);
    assertThat(rule.rungs(10)).containsExactly(1, 3, 9);
    assertThat(rule.rungs(1)).isEmpty();
    assertThat(new HalvingRule(new HalvingConfig(2, 1_000_000_000)).rungs(Integer.MAX_VALUE))
        .containsExactly(1_000_000_000, 2_000_000_000);
  }

  @Test
  void theFirstOfThreeGoesOnAsSoonAsThereAreThree() {
    Race race = new Race(rule, 9, 9);
    assertThat(race.arrive(0, 0.10)).isEmpty();
    assertThat(race.arrive(1, 0.30)).isEmpty();
    assertThat(race.arrive(2, 0.20)).containsExactly("1 goes on from 1");
    assertThat(race.arrive(1, 0.30, 0.31, 0.32)).as("alone at the second rung").isEmpty();
    assertThat(race.arrive(3, 0.25))
        .as("three better ones are known, so that it cannot be among 3 of 9")
        .containsExactly("0 is pruned at 1");
    assertThat(race.arrive(4, 0.05)).containsExactly("4 is pruned at 1");
    assertThat(race.arrive(5, 0.24))
        .as("2 of 6 go on")
        .containsExactly("3 goes on from 1", "2 is pruned at 1");
    assertThat(race.arrive(3, 0.25, 0.26, 0.40)).as("two at the second rung").isEmpty();
    assertThat(race.arrive(6, 0.50))
        .as("5 can still come to the second rung, so that 1 of them goes on from there")
        .containsExactly("6 goes on from 1", "5 is pruned at 1", "1 is pruned at 3");
    assertThat(race.arrive(7, 0.27)).as("third of 8, and 2 of 8 go on").isEmpty();
    assertThat(race.arrive(8, 0.01))
        .as("no more can come, and 3 of 9 go on; another one did before it was the fourth")
        .containsExactly("7 goes on from 1", "8 is pruned at 1");
    assertThat(race.arrive(6, 0.50, 0.50, 0.35))
        .as("the best of three goes on from the second rung")
        .containsExactly("3 goes on from 3", "6 is pruned at 3");
    assertThat(race.arrive(7, 0.27, 0.28, 0.30)).containsExactly("7 is pruned at 3");
    assertThat(race.arrive(3, 0.25, 0.26, 0.40, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4)).isEmpty();
  }

  @Test
  void amongEqualSettingsTheFirstOfThePlanIsTheBest() {
    Race race = new Race(rule, 3, 9);
    assertThat(race.arrive(2, 0.5)).isEmpty();
    assertThat(race.arrive(1, 0.5)).containsExactly("2 is pruned at 1");
    assertThat(race.arrive(0, 0.5)).containsExactly("0 goes on from 1", "1 is pruned at 1");
  }

  @Test
  void aSingleSettingGoesOn() {
    Race race = new Race(rule, 1, 9);
    assertThat(race.arrive(0, 0.1)).containsExactly("0 goes on from 1");
    assertThat(race.arrive(0, 0.1, 0.1, 0.1)).containsExactly("0 goes on from 3");
  }

  @Test
  void oneOfFewerSettingsThanTheReductionGoesOn() {
    Race race = new Race(rule, 2, 9);
    assertThat(race.arrive(0, 0.1)).as("the other may be better").isEmpty();
    assertThat(race.arrive(1, 0.2)).containsExactly("1 goes on from 1", "0 is pruned at 1");
    assertThat(race.arrive(1, 0.2, 0.2, 0.2)).containsExactly("1 goes on from 3");
  }

  @Test
  void aDivergedSettingIsTheWorstAndGoesOnNowhere() {
    Race race = new Race(rule, 3, 9);
    assertThat(race.arrive(0, NAN)).containsExactly("0 is pruned at 1");
    assertThat(race.arrive(1, 0.0)).isEmpty();
    assertThat(race.arrive(2, NAN)).containsExactly("1 goes on from 1", "2 is pruned at 1");
    Race alone = new Race(rule, 1, 9);
    assertThat(alone.arrive(0, NAN)).containsExactly("0 is pruned at 1");
  }

  @Test
  void nobodyWaitsForASettingThatFailed() {
    Race race = new Race(rule, 3, 9);
    assertThat(race.arrive(0, 0.1)).isEmpty();
    assertThat(race.arrive(1, 0.2)).containsExactly("0 is pruned at 1");
    assertThat(race.set(2, Course.Fate.FAILED)).containsExactly("1 goes on from 1");
    assertThat(race.set(2, Course.Fate.OPEN)).as("it is tried again").isEmpty();
    assertThat(race.arrive(2, 0.9)).containsExactly("2 goes on from 1");
  }

  @Test
  void aSettingThatIsTakenUpIsComparedNoMore() {
    Race race = new Race(rule, 3, 9);
    race.arrive(0, 0.1);
    race.arrive(1, 0.2);
    assertThat(race.arrive(2, 0.3)).containsExactly("2 goes on from 1", "1 is pruned at 1");
    race.set(0, Course.Fate.TAKEN_UP);
    assertThat(race.arrive(0, 0.1, 0.9, 0.9)).isEmpty();
    assertThat(race.arrive(2, 0.3, 0.3, 0.3)).containsExactly("2 goes on from 3");
  }

  @Test
  void aSettingThatWasTrainedToItsEndBeforeCountsAtEveryRung() {
    Race race = new Race(rule, 2, 9);
    race.set(0, Course.Fate.COMPLETED);
    assertThat(race.arrive(0, 0.4, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6)).isEmpty();
    assertThat(race.arrive(1, 0.3)).containsExactly("1 is pruned at 1");
  }

  @Test
  void equalCoursesGiveEqualVerdicts() {
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      courses.add(new Course(List.of(i * 4 % 9 / 10.0), 0, Course.Fate.OPEN));
    }
    assertThat(rule.verdicts(List.of(1, 3), courses))
        .isEqualTo(rule.verdicts(List.of(1, 3), Collections.unmodifiableList(courses)))
        .hasSize(9)
        .contains(
            new Verdict(
                2,
                true,
                1,
                0.8,
                "rank 1 of 9 by its mean top-1 on validation, 80.00 %; at most 3 of 9 go on"));
  }
}
