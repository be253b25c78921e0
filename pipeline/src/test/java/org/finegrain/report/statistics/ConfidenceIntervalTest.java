package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {
  private static final double T_OF_TWO_DEGREES =
      4.302652729749464; // t(0.975, 2), as tables of Student's t list it

  @Test
  void isStudentsIntervalOnTheLogitScale() {
    ConfidenceInterval interval = interval(0.4, 0.5, 0.6);
    double half = T_OF_TWO_DEGREES * (0.1 / Math.sqrt(3)) / 0.25; // around logit(1/2) = 0
    assertThat(interval.low()).isCloseTo(1 / (1 + Math.exp(half)), within(1e-9));
    assertThat(interval.high()).isCloseTo(1 / (1 + Math.exp(-half)), within(1e-9));
  }

  @Test
  void isThePlainIntervalWhereTheSpreadIsSmall() {
    ConfidenceInterval interval = interval(0.799, 0.8, 0.801);
    double half = T_OF_TWO_DEGREES * 0.001 / Math.sqrt(3);
    assertThat(interval.low()).isCloseTo(0.8 - half, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.8 + half, within(1e-4));
  }

  @Test
  void staysBetweenZeroAndOne() {
    ConfidenceInterval two = interval(0.461, 0.690); // the plain interval is -0.88 to 2.03
    assertThat(two.low()).isBetween(0.0, 0.01);
    assertThat(two.high()).isBetween(0.99, 1.0);
    assertThat(interval(0.0, 0.01).low()).isBetween(0.0, 0.005);
    assertThat(interval(1.0, 0.99).high()).isBetween(0.995, 1.0);
  }

  @Test
  void valuesThatAreAllEqualHaveNoInterval() {
    assertThat(interval(0.1, 0.1, 0.1).isKnown()).isFalse();
    assertThat(interval(1.0, 1.0).isKnown()).isFalse(); // all right
    assertThat(interval(0.0, 0.0).isKnown()).isFalse(); // all wrong
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(interval(0.5).isKnown()).isFalse();
  }

  private static ConfidenceInterval interval(Double... accuracies) {
    return ConfidenceInterval.ofMean(Summary.of(List.of(accuracies)));
  }
}
