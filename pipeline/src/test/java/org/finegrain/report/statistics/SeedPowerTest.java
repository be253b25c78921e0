package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.report.statistics.Layouts.row;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedPowerTest {
  @Test
  void poolsAllRowsThatSpreadAlike() {
    SeedPower power =
        power(
            List.of(
                row(800, 804, 808), row(790, 794, 798), row(700, 704, 708), row(600, 604, 608)));
    assertThat(power.std()).isCloseTo(0.004, within(1e-12));
    assertThat(power.degreesOfFreedom()).isEqualTo(8);
    assertThat(power.detectable()).isBetween(0.0100, 0.0110);
    assertThat(power.seedsFor(0.01)).isEqualTo(4);
  }

  @Test
  void looksAtTheLeadersAloneWhereTheySpreadMore() {
    SeedPower power =
        power(
            List.of(
                row(800, 820, 840), row(790, 810, 830), row(700, 701, 702), row(600, 601, 602)));
    assertThat(power.rows()).isEqualTo(2);
    assertThat(power.std()).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void unequalSeedsCountAsTheirHarmonicMean() {
    SeedPower power =
        power(List.of(row(800, 804, 801), row(790, 794, 798, 791), row(9, 1, 2, 3, 4), row(7)));
    assertThat(power.seeds()).isCloseTo(3 / (1 / 3.0 + 1 / 4.0 + 1 / 5.0), within(1e-12));
    assertThat(power.degreesOfFreedom()).isEqualTo(9);
  }

  @Test
  void theSeedsThatItAsksForAreJustEnough() {
    SeedPower power = power(List.of(row(800, 830, 808), row(790, 824, 798), row(700, 734, 708)));
    int seeds = power.seedsFor(0.01);
    assertThat(detectable(power, seeds)).isLessThanOrEqualTo(0.01);
    assertThat(detectable(power, seeds - 1)).isGreaterThan(0.01);
  }

  @Test
  void aHugeSpreadTakesManySeeds() {
    assertThat(power(List.of(row(0, 1000, 0), row(1000, 0, 1000), row(0, 0, 1000))).seedsFor(0.01))
        .isGreaterThan(40_000);
  }

  @Test
  void thereIsNoneWithoutATest() {
    assertThat(SeedPower.of(Layouts.of(List.of(row(800, 804))))).isEmpty();
    assertThat(SeedPower.of(Layouts.of(List.of(row(800), row(700))))).isEmpty();
    assertThat(SeedPower.of(Layouts.of(List.of(row(800, 804), row(700))))).isEmpty();
    assertThat(SeedPower.of(Layouts.of(List.of(row(8, 8, 8), row(7, 7, 7))))).isEmpty();
  }

  private static double detectable(SeedPower power, int seeds) {
    return new SeedPower(power.std(), power.rows(), seeds, power.rows() * (seeds - 1)).detectable();
  }

  private static SeedPower power(List<List<Integer>> rows) {
    return SeedPower.of(Layouts.of(rows)).orElseThrow();
  }
}
