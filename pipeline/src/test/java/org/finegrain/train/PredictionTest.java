package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void namesTheFiveMostProbableClasses() {
    assertThat(classes(1, 7, 3, 6, 2, 5, 4)).containsExactly(1, 3, 5, 6, 2);
  }

  @Test
  void namesAllClassesIfThereAreFewer() {
    assertThat(classes(1, 3)).containsExactly(1, 0);
  }

  @Test
  void amongEqualLogitsTheSmallerClassIsFirst() {
    assertThat(classes(0, -0.0, 2, 2)).startsWith(2, 3);
  }

  @Test
  void aNanLogitIsLast() {
    assertThat(classes(Double.NaN, -1, 1)).containsExactly(2, 1, 0);
  }

  @Test
  void probabilitiesAreTheSoftmax() {
    double[] probabilities = Softmax.probabilities(0, Math.log(3), -1000);
    assertThat(probabilities).containsExactly(new double[] {0.25, 0.75, 0}, within(1e-7));
  }

  private static List<Integer> classes(double... logits) {
    return Prediction.of("image", 0, logits).classes();
  }
}
