package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.doubles;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.Arrays;
import org.finegrain.gradient.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest {
  @Test
  void isTheMeanOverTheBatch() {
    float[] logits = {0, 0, 0, 0, (float) Math.log(2), 0};

    assertThat(loss(0, logits, new float[6], 1, 1))
        .isCloseTo((Math.log(3) + Math.log(2)) / 2, within(1e-7));
  }

  /**
   * Expects what {@code torch.nn.functional.cross_entropy([[1, 2, 4]], [1], label_smoothing=0.1)}
   * gives.
   */
  @Test
  void smoothsLabelsAsPyTorchDoes() {
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(4);
    double expected =
        Math.log(sum)
            - (0.1 / 3) * 1
            - (0.9 + 0.1 / 3) * 2
            - (0.1 / 3) * 4; // t = (ε/3, 1−ε+ε/3, ε/3)
    float[] gradient = new float[3];

    assertThat(loss(0.1, new float[] {1, 2, 4}, gradient, 1)).isCloseTo(expected, within(1e-9));
    assertThat(gradient[1]).isCloseTo((float) (Math.exp(2) / sum - 0.9 - 0.1 / 3), within(1e-7f));
  }

  @ParameterizedTest
  @CsvSource({"4, 3, 0", "1, 1, 0.1", "5, 7, 0.1", "2, 4, 0.99"})
  void gradientMatchesCentralDifferences(int batch, int classes, double smoothing) {
    float[] logits = numbers(batch * classes, 3, 1);
    int[] labels = new int[batch];
    Arrays.setAll(labels, n -> n * 5 % classes);
    float[] gradient = new float[logits.length];
    double value = loss(smoothing, logits, gradient, labels);

    double[] a = doubles(logits);
    assertThat(value).isCloseTo(plain(a, classes, smoothing, labels), within(1e-12));
    GradientCheck.of(() -> plain(a, classes, smoothing, labels)).matches("logits", a, gradient);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e30f, 3e38f})
  void hugeLogitsStayFinite(float huge) {
    for (double smoothing : new double[] {0, 0.1}) {
      for (int label = 0; label < 3; label++) {
        float[] gradient = new float[3];
        assertThat(loss(smoothing, new float[] {huge, -huge, 0}, gradient, label)).isFinite();
        assertThat(gradient[0] + gradient[1] + gradient[2]).isCloseTo(0, within(1e-6f));
      }
      float[] gradient = new float[3];
      assertThat(loss(smoothing, new float[] {-huge, -huge, -huge}, gradient, 1))
          .isCloseTo(Math.log(3), within(1e-9));
    }
  }

  @Test
  void aLabelRuledOutCostsInfinitely() {
    float[] gradient = new float[3];
    float[] logits = {0, Float.NEGATIVE_INFINITY, 0};

    assertThat(loss(0, logits, gradient, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(gradient).containsExactly(0.5f, -1, 0.5f);
    assertThat(loss(0.1, logits, gradient, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(loss(0, logits, gradient, 0)).isCloseTo(Math.log(2), within(1e-12));
    assertThat(loss(0.1, logits, gradient, 0)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesALabelOutsideTheClasses() {
    assertThatThrownBy(() -> loss(0, new float[6], new float[6], 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid label of image 1 of the batch: 3 (must be from 0 to 2)");
  }

  private static double loss(double smoothing, float[] logits, float[] gradient, int... labels) {
    return new CrossEntropy(logits.length / labels.length, smoothing)
        .valueAndGradient(
            TensorView.of(logits), LossTarget.ofWholeBatch(labels, 0), 1, TensorView.of(gradient));
  }

  private static double plain(double[] logits, int classes, double smoothing, int[] labels) {
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        sum += Math.exp(logits[n * classes + i]);
      }
      for (int i = 0; i < classes; i++) {
        double t = (i == labels[n] ? 1 - smoothing : 0) + smoothing / classes;
        loss += t * (Math.log(sum) - logits[n * classes + i]);
      }
    }
    return loss / labels.length;
  }
}
