package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Draws made-up tables and counts how often a row is bold; {@code benchmarks/power} draws more. The
 * limits are those of the design, 50 and 85 % with a true difference and 5.5 % without, give or
 * take two standard errors of these few draws.
 */
class PowerTest {
  private static final int DRAWS = 1000;

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void onePointAheadIsOftenBold(int seeds) {
    double least = seeds == 3 ? 0.50 : 0.85;
    assertThat(bold(SimulatedColumn.ONE_AHEAD, seeds)).isGreaterThan(least - error(least));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void equalRowsAreRarelyBold(int seeds) {
    assertThat(bold(SimulatedColumn.ALL_EQUAL, seeds)).isLessThan(0.055 + error(0.055));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void twoEqualRowsFarAheadAreRarelyBold(int seeds) {
    assertThat(bold(SimulatedColumn.TWO_AHEAD, seeds)).isLessThan(0.055 + error(0.055));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void twoEqualUnsteadyRowsFarAheadAreRarelyBold(int seeds) {
    assertThat(bold(SimulatedColumn.TWO_AHEAD_UNSTEADY, seeds)).isLessThan(0.055 + error(0.055));
  }

  private static double bold(SimulatedColumn column, int seeds) {
    return column.draw(DRAWS, seeds, new SplittableRandom(1)).bold();
  }

  private static double error(double share) {
    return 2 * Math.sqrt(share * (1 - share) / DRAWS);
  }
}
