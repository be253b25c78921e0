package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateCurveTest {
  @Test
  void risesByTheSameFactor() {
    ExponentialSchedule rate = new ExponentialSchedule(1e-4, 1, 5);
    assertThat(rate.at(0)).isEqualTo(1e-4);
    assertThat(rate.at(1)).isCloseTo(1e-3, within(1e-12));
    assertThat(rate.at(4)).isCloseTo(1, within(1e-12));
  }

  @Test
  void suggestsATenthOfTheRateWithTheSmallestSmoothedLoss() {
    LearningRateCurve.Builder builder = new LearningRateCurve.Builder();
    for (double loss : new double[] {2, 2, 1, 0.5, 3}) {
      builder.add(Math.pow(10, builder.size() - 4.0), loss);
    }
    LearningRateCurve curve = builder.build();
    assertThat(curve.points().get(0).smoothedLoss()).isCloseTo(2, within(1e-12));
    // (0.81·2 + 0.9·2 + 1) · 0.1 / (1 − 0.729)
    assertThat(curve.points().get(2).smoothedLoss()).isCloseTo(0.442 / 0.271, within(1e-12));
    assertThat(curve.suggestion()).isCloseTo(1e-2, within(1e-12));
  }

  @Test
  void endsWhereTheLossExplodes() {
    LearningRateCurve.Builder builder = new LearningRateCurve.Builder();
    builder.add(0.1, 1);
    assertThat(builder.hasExploded()).isFalse();
    builder.add(1, 100);
    assertThat(builder.hasExploded()).isTrue();
  }

  @Test
  void csvHasALineForEachStep() {
    LearningRateCurve.Builder builder = new LearningRateCurve.Builder();
    builder.add(0.125, 2);
    assertThat(builder.build().csv())
        .isEqualTo("step,learning-rate,loss,smoothed-loss\n0,0.125,2.0,2.0\n");
  }
}
