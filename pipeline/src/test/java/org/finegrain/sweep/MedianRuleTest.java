package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finegrain.config.MedianConfig;
import org.junit.jupiter.api.Test;

/** Tests decisions that were worked out by hand with section 3.2.2 of Golovin et al. 2017. */
class MedianRuleTest {
  private final MedianRule rule = new MedianRule(new MedianConfig(2, 1, 2));

  @Test
  void settingsAreComparedAtIntervals() {
    assertThat(rule.rungs(5)).containsExactly(2, 3, 4);
    assertThat(new MedianRule(new MedianConfig(10, 20, 1)).rungs(50)).containsExactly(10, 30);
    assertThat(rule.rungs(2)).isEmpty();
  }

  @Test
  void theBestSoFarIsComparedWithTheMedianOfTheMeansSoFar() {
    Race race = new Race(rule, 5, 3);
    assertThat(race.arrive(0, 0.2, 0.4))
        .as("nothing to compare with")
        .containsExactly("0 goes on from 2");
    assertThat(race.arrive(1, 0.4, 0.8))
        .as("one other is too few")
        .containsExactly("1 goes on from 2");
    // The means so far are 0.3 and 0.6, and their median is 0.45.
    assertThat(race.arrive(2, 0.44, 0.1)).containsExactly("2 is pruned at 2");
    // 0.3, 0.6, 0.27: the median is 0.3. The best counts, and not the last.
    assertThat(race.arrive(3, 0.35, 0.1)).containsExactly("3 goes on from 2");
    assertThat(race.arrive(4, 0.0, 0.1)).containsExactly("4 is pruned at 2");
  }

  @Test
  void anEqualSettingGoesOn() {
    Race race = new Race(new MedianRule(new MedianConfig(1, 1, 1)), 2, 2);
    assertThat(race.arrive(0, 0.5)).containsExactly("0 goes on from 1");
    assertThat(race.arrive(1, 0.5)).containsExactly("1 goes on from 1");
  }

  @Test
  void aSingleSettingGoesOn() {
    Race race = new Race(new MedianRule(new MedianConfig(1, 1, 1)), 1, 3);
    assertThat(race.arrive(0, 0.1, 0.1)).containsExactly("0 goes on from 1", "0 goes on from 2");
  }

  @Test
  void aDivergedSettingIsPrunedAndComparedWithNobody() {
    Race race = new Race(rule, 4, 3);
    assertThat(race.arrive(0, 0.9, Double.NaN)).containsExactly("0 is pruned at 2");
    assertThat(race.arrive(1, 0.5, 0.5)).containsExactly("1 goes on from 2");
    assertThat(race.arrive(2, 0.1, 0.1))
        .as("one other, and the diverged one")
        .containsExactly("2 goes on from 2");
    assertThat(race.arrive(3, 0.2, 0.2))
        .as("the median is 0.3")
        .containsExactly("3 is pruned at 2");
  }

  @Test
  void theReasonNamesBothNumbers() {
    List<Course> courses =
        List.of(
            new Course(List.of(0.25, 0.75), 1, Course.Fate.OPEN),
            new Course(List.of(0.5, 0.0), 0, Course.Fate.PRUNED),
            new Course(List.of(0.125, 0.25), 0, Course.Fate.OPEN));
    assertThat(rule.verdicts(List.of(2, 3), courses))
        .containsExactly(
            new Verdict(
                2,
                false,
                2,
                0.25,
                "its best mean top-1 on validation, 25.00 %, is below 37.50 %, the median of the means"
                    + " so far of 2 others"));
  }
}
