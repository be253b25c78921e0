package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.doubles;
import static org.finegrain.gradient.GradientCheck.numbers;

import org.finegrain.gradient.GradientCheck;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private final CrossEntropy loss = new CrossEntropy(3);

  @Test
  void isTheMeanOverTheBatch() {
    float[] logits = {0, 0, 0, 0, (float) Math.log(2), 0};

    assertThat(loss.value(logits, 0, new int[] {1, 1}))
        .isCloseTo((Math.log(3) + Math.log(2)) / 2, within(1e-7));
  }

  @Test
  void gradientMatchesCentralDifferences() {
    float[] logits = numbers(12, 3, 1);
    int[] labels = {0, 2, 1, 1};
    float[] gradient = new float[12];
    double value = loss.valueAndGradient(logits, 0, labels, gradient, 0);

    double[] a = doubles(logits);
    assertThat(value)
        .isEqualTo(loss.value(logits, 0, labels))
        .isCloseTo(plain(a, labels), within(1e-12));
    GradientCheck.of(() -> plain(a, labels)).matches("logits", a, gradient);
  }

  @Test
  void hugeLogitsStayFinite() {
    float[] logits = {3e38f, -3e38f, 0};
    float[] gradient = new float[3];

    assertThat(loss.valueAndGradient(logits, 0, new int[] {1}, gradient, 0)).isFinite();
    assertThat(gradient).containsExactly(1, -1, 0);
  }

  @Test
  void refusesALabelOutsideTheClasses() {
    assertThatThrownBy(() -> loss.value(new float[6], 0, new int[] {0, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid label of image 1 of the batch: 3 (must be from 0 to 2)");
  }

  private static double plain(double[] logits, int[] labels) {
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += Math.exp(logits[n * 3 + i]);
      }
      loss += Math.log(sum) - logits[n * 3 + labels[n]];
    }
    return loss / labels.length;
  }
}
