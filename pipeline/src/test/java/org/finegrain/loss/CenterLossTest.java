package org.finegrain.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.doubles;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.finegrain.gradient.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CenterLossTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "5, 3, 7, 0.01", "8, 2, 4, 3", "3, 9, 16, 0.5"})
  void matchesPlainLoopsAndCentralDifferences(int batch, int classes, int width, double weight) {
    int[] labels = labels(batch, classes);
    float[] x = numbers(batch * width, 2, 3);
    float[] centers = numbers(classes * width, 2, 4);
    CenterStep step = new CenterStep(x, centers, classes);
    double value = step.run(LossTarget.ofWholeBatch(labels, 0), weight);

    double[] plainX = doubles(x);
    double[] plainCenters = doubles(centers);
    assertThat(value).isCloseTo(plain(plainX, plainCenters, labels, width), within(1e-9));
    GradientCheck.of(() -> weight * plain(plainX, plainCenters, labels, width))
        .matches("x", plainX, step.dx());
    float[] after = step.centersAfter(0.5);
    for (int j = 0; j < classes; j++) {
      for (int i = 0; i < width; i++) {
        double sum = 0;
        int count = 0;
        for (int n = 0; n < batch; n++) {
          if (labels[n] == j) {
            sum += plainCenters[j * width + i] - plainX[n * width + i];
            count++;
          }
        }
        assertThat((double) after[j * width + i])
            .isCloseTo(plainCenters[j * width + i] - 0.5 * sum / (1 + count), within(1e-6));
      }
    }
  }

  @Test
  void replicasTogetherMoveTheCentersAsOneDoes() {
    int classes = 4;
    int width = 6;
    int[] labels = {2, 0, 2, 2, 1, 0, 2, 1};
    float[] x = numbers(labels.length * width, 3, 1);
    float[] centers = numbers(classes * width, 3, 2);
    CenterStep one = new CenterStep(x, centers, classes);
    LossTarget batch = LossTarget.ofWholeBatch(labels, 0);
    double loss = one.run(batch, 0.1);

    for (int replicas : new int[] {2, 4, 8}) {
      int samples = labels.length / replicas;
      double[] sum = new double[classes * width];
      double meanLoss = 0;
      for (int r = 0; r < replicas; r++) {
        int from = r * samples;
        int to = from + samples;
        CenterStep part =
            new CenterStep(Arrays.copyOfRange(x, from * width, to * width), centers, classes);
        meanLoss +=
            part.run(
                    new LossTarget(
                        Arrays.copyOfRange(labels, from, to),
                        Arrays.copyOfRange(batch.counts(), from, to),
                        0),
                    0.1)
                / replicas;
        float[] dc = part.dc();
        Arrays.setAll(sum, i -> sum[i] + dc[i] / replicas);
      }
      assertThat(meanLoss).isCloseTo(loss, within(1e-12));
      float[] dc = one.dc();
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i]).isCloseTo(dc[i], within(1e-6));
      }
    }
  }

  @Test
  void aClassWithoutSamplesStaysAndNothingIsLeftOfEarlierBatches() {
    float[] centers = {1, 2, 3, 4};
    CenterStep step = new CenterStep(new float[] {5, 5}, centers, 2);
    step.run(LossTarget.ofWholeBatch(new int[] {0}, 0), 1);
    step.run(LossTarget.ofWholeBatch(new int[] {1}, 1), 1);

    assertThat(step.dc()).containsExactly(0, 0, -1, -0.5f);
    assertThat(step.centersAfter(0.5)).startsWith(1, 2);
  }

  @Test
  void hugeFeaturesGiveAFiniteLossAndInfiniteOnesAnInfiniteLoss() {
    CenterStep huge = new CenterStep(new float[] {1e30f, -1e30f}, new float[2], 1);
    assertThat(huge.run(LossTarget.ofWholeBatch(new int[] {0}, 0), 1))
        .isCloseTo(1e60, within(1e54));
    assertThat(huge.dx()).containsExactly(1e30f, -1e30f);

    CenterStep infinite = new CenterStep(new float[] {Float.NEGATIVE_INFINITY, 0}, new float[2], 1);
    assertThat(infinite.run(LossTarget.ofWholeBatch(new int[] {0}, 0), 1)).isInfinite();
  }

  @Test
  void refusesALabelOutsideTheClasses() {
    CenterStep step = new CenterStep(new float[2], new float[4], 2);
    assertThatThrownBy(() -> step.run(LossTarget.ofWholeBatch(new int[] {2}, 0), 1))
        .hasMessage("Invalid label of image 0 of the batch: 2 (must be from 0 to 1)");
  }

  private static int[] labels(int batch, int classes) {
    SplittableRandom random = new SplittableRandom(batch);
    int[] labels = new int[batch];
    Arrays.setAll(labels, n -> random.nextInt(classes));
    return labels;
  }

  private static double plain(double[] x, double[] centers, int[] labels, int width) {
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      for (int i = 0; i < width; i++) {
        double distance = x[n * width + i] - centers[labels[n] * width + i];
        sum += distance * distance;
      }
    }
    return sum / 2 / labels.length;
  }
}
