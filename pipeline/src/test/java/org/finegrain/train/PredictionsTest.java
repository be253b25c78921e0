package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void namesTheFiveMostProbableClasses() {
    assertThat(Predictions.top(new float[] {1, 7, 3, 6, 2, 5, 4})).containsExactly(1, 3, 5, 6, 2);
  }

  @Test
  void ofFewerClassesNamesAll() {
    assertThat(Predictions.top(new float[] {1, 3})).containsExactly(1, 0);
  }

  @Test
  void ofEqualLogitsTheSmallerClassIsFirst() {
    assertThat(Predictions.top(new float[] {0, -0f, 2, 2})).startsWith(2, 3);
  }

  @Test
  void whatIsNoNumberIsLast() {
    assertThat(Predictions.top(new float[] {Float.NaN, -1, 1})).containsExactly(2, 1, 0);
  }

  @Test
  void probabilitiesAreTheSoftmax() {
    double[] probabilities = Softmax.probabilities(new float[] {0, (float) Math.log(3), -1000});
    assertThat(probabilities).containsExactly(new double[] {0.25, 0.75, 0}, within(1e-7));
  }
}
