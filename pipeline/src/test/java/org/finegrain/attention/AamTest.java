package org.finegrain.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.doubles;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.Arrays;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;
import org.finegrain.gradient.GradientCheck;
import org.finegrain.parallel.ParallelLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AamTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1, PRODUCT, CONCAT, false",
    "2, 3, 1, 1, 5, 7, SUM, ADD, true",
    "1, 4, 5, 3, 9, 3, PRODUCT, CONCAT, true",
    "2, 5, 3, 4, 3, 7, SUM, CONCAT, false",
    "3, 2, 2, 9, 5, 5, PRODUCT, ADD, false",
    "1, 9, 9, 1, 21, 3, SUM, CONCAT, true",
    "2, 1, 4, 4, 3, 9, PRODUCT, ADD, true",
  })
  void matchesPlainLoopsAndCentralDifferences(
      int batch,
      int channels,
      int height,
      int width,
      int k,
      int spatialKernel,
      Combine combine,
      Merge merge,
      boolean bias) {
    AamOptions options = new AamOptions(k, spatialKernel, combine, merge, bias);
    Step step = new Step(options, batch, channels, height, width, 1);
    step.run(new Aam(channels, options));

    PlainAam plain =
        new PlainAam(
            options,
            batch,
            channels,
            height,
            width,
            doubles(step.x),
            Arrays.stream(step.parameters).map(GradientCheck::doubles).toArray(double[][]::new));
    double[] expected = plain.forward();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) step.y[i]).isCloseTo(expected[i], within(1e-5));
    }
    GradientCheck check = GradientCheck.of(() -> plain.loss(step.dy));
    check.matches("x", plain.x, step.dx);
    for (int i = 0; i < step.parameters.length; i++) {
      check.matches("parameter " + i, plain.parameters[i], step.gradients[i]);
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    Step one = new Step(AamOptions.DEFAULTS, 7, 40, 13, 11, 1);
    one.run(new Aam(40, AamOptions.DEFAULTS, new ParallelLoop(1)));
    for (int threads : new int[] {2, 3, 8}) {
      Step many = new Step(AamOptions.DEFAULTS, 7, 40, 13, 11, 1);
      many.run(new Aam(40, AamOptions.DEFAULTS, new ParallelLoop(threads)));

      assertThat(many.y).isEqualTo(one.y);
      assertThat(many.dx).isEqualTo(one.dx);
      assertThat(many.gradients).isDeepEqualTo(one.gradients);
    }
  }

  @Test
  void anInstanceServesOtherShapesAndRepeatedBackwardPasses() {
    Aam used = new Aam(6, AamOptions.DEFAULTS);
    new Step(AamOptions.DEFAULTS, 4, 6, 9, 9, 1).run(used);
    new Step(AamOptions.DEFAULTS, 2, 6, 1, 1, 2).run(used);
    Step second = new Step(AamOptions.DEFAULTS, 3, 6, 5, 4, 3);
    second.run(used);
    float[] dx = second.dx.clone();
    second.backward(used);

    Step fresh = new Step(AamOptions.DEFAULTS, 3, 6, 5, 4, 3);
    fresh.run(new Aam(6, AamOptions.DEFAULTS));
    assertThat(second.y).isEqualTo(fresh.y);
    assertThat(dx).isEqualTo(fresh.dx);
    assertThat(second.dx).isEqualTo(fresh.dx);
    for (int j = 0; j < 5; j++) {
      assertThat(second.gradients[0][j]).isEqualTo(2 * fresh.gradients[0][j]);
    }
  }

  @Test
  void readsAndWritesAtItsOffsets() {
    Step step = new Step(AamOptions.DEFAULTS, 2, 3, 4, 4, 1);
    step.run(new Aam(3, AamOptions.DEFAULTS));
    int size = step.x.length;
    float[] x = shifted(step.x, 5);
    float[] y = new float[size + 9];
    float[] dx = new float[size + 3];
    Aam aam = new Aam(3, AamOptions.DEFAULTS);

    aam.forward(x, 5, y, 2, 2, 4, 4, step.parameters);
    aam.backward(
        x,
        5,
        shifted(step.dy, 1),
        1,
        dx,
        3,
        step.parameters,
        new float[][] {new float[5], new float[98]});

    assertThat(Arrays.copyOfRange(y, 2, 2 + size)).isEqualTo(step.y);
    assertThat(Arrays.copyOfRange(dx, 3, 3 + size)).isEqualTo(step.dx);
    assertThat(y).startsWith(0, 0).endsWith(0, 0, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -3, 1e-40f, 1e20f, 1e38f, -1e38f, Float.MAX_VALUE})
  void constantMapsOfAnySizeStayFinite(float value) {
    for (Combine combine : Combine.values()) {
      for (Merge merge : Merge.values()) {
        AamOptions options = new AamOptions(3, 7, combine, merge, true);
        Step step = new Step(options, 2, 16, 5, 5, 4);
        Arrays.fill(step.x, value);
        step.run(new Aam(16, options));

        assertThat(step.y).doesNotContain(Float.NaN);
        assertThat(step.dx).doesNotContain(Float.NaN);
        for (float[] gradient : step.gradients) {
          assertThat(gradient).doesNotContain(Float.NaN);
        }
      }
    }
  }

  @Test
  void largeValuesOfBothSignsGiveNoNan() {
    Step step = new Step(AamOptions.DEFAULTS, 2, 16, 5, 5, 5);
    for (int i = 0; i < step.x.length; i++) {
      step.x[i] *= 1.5e38f;
    }
    step.run(new Aam(16, AamOptions.DEFAULTS));

    assertThat(step.y).doesNotContain(Float.NaN);
    assertThat(step.dx).doesNotContain(Float.NaN);
  }

  @Test
  void theFirstOfEqualMaximaTakesTheWholeGradient() {
    // Two channels of two equal positions. With k = 1 only the maxima carry a gradient beyond the
    // gate itself, which is the same at every position here.
    AamOptions options = new AamOptions(1, 1, Combine.PRODUCT, Merge.CONCAT, false);
    Aam aam = new Aam(2, options);
    float[] x = {1, 1, 1, 1};
    float[][] parameters = {{1}, {0, 1}};
    float[] dx = new float[4];

    aam.forward(x, 0, new float[4], 0, 1, 1, 2, parameters);
    aam.backward(x, 0, new float[] {1, 1, 1, 1}, 0, dx, 0, parameters, new float[][] {{0}, {0, 0}});

    float s = (float) (1 / (1 + Math.exp(-1)));
    float gate = s * s;
    float through = 2 * s * s * (1 - s);
    float[] expected = {gate + 2 * through, gate + through, gate + through, gate};
    assertThat(dx).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 4})
  void refusesAnEvenKernel(int size) {
    assertThatThrownBy(() -> new AamOptions(size, 7, Combine.PRODUCT, Merge.CONCAT, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid channel kernel k: %d (must be odd and at least 1)", size);
    assertThatThrownBy(() -> new AamOptions(5, size, Combine.PRODUCT, Merge.CONCAT, false))
        .hasMessage("Invalid spatial kernel: %d (must be odd and at least 1)", size);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "16, 3", "64, 3", "127, 3", "128, 5", "256, 5", "1024, 5", "2048, 7"})
  void adaptiveKernelFollowsTheChannels(int channels, int k) {
    assertThat(KernelSize.adaptive(channels)).isEqualTo(k);
  }

  private static float[] shifted(float[] values, int offset) {
    float[] shifted = new float[values.length + offset];
    System.arraycopy(values, 0, shifted, offset, values.length);
    return shifted;
  }

  /** Random input, parameters and upstream gradient of one forward and backward pass. */
  private static final class Step {
    private final int[] shape;
    final float[] x;
    final float[] dy;
    final float[] y;
    final float[] dx;
    final float[][] parameters;
    final float[][] gradients;

    Step(AamOptions options, int batch, int channels, int height, int width, long seed) {
      shape = new int[] {batch, height, width};
      int size = batch * channels * height * width;
      x = numbers(size, 2, seed);
      dy = numbers(size, 1, seed + 1);
      y = new float[size];
      dx = new float[size];
      parameters =
          new Aam(channels, options)
              .parameters().stream()
                  .map(parameter -> numbers(parameter.size(), 0.5, seed + parameter.size()))
                  .toArray(float[][]::new);
      gradients =
          Arrays.stream(parameters).map(values -> new float[values.length]).toArray(float[][]::new);
    }

    void run(Aam aam) {
      aam.forward(x, 0, y, 0, shape[0], shape[1], shape[2], parameters);
      backward(aam);
    }

    void backward(Aam aam) {
      aam.backward(x, 0, dy, 0, dx, 0, parameters, gradients);
    }
  }
}
