package org.finegrain.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.gradient.GradientCheck.numbers;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.finegrain.attention.AttentionKernel.Parameter;
import org.finegrain.gradient.GradientCheck;

/**
 * One forward and backward pass of an attention module on random input, parameters and upstream
 * gradient.
 */
final class AttentionPass {
  final int images;
  final int channels;
  final int height;
  final int width;
  final float[] x;
  final float[] dy;
  final float[] y;
  final float[] dx;
  final float[][] parameters;
  final float[][] gradients;
  final float[][] statistics;
  boolean training = true;

  AttentionPass(
      AttentionOptions options, int images, int channels, int height, int width, long seed) {
    this.images = images;
    this.channels = channels;
    this.height = height;
    this.width = width;
    int size = images * channels * height * width;
    x = numbers(size, 2, seed);
    dy = numbers(size, 1, seed + 1);
    y = new float[size];
    dx = new float[size];
    AttentionKernel kernel = options.kernel(channels);
    parameters =
        kernel.parameters().stream()
            .map(parameter -> numbers(parameter.size(), 0.5, seed + parameter.size()))
            .toArray(float[][]::new);
    gradients = zeros(kernel.parameters());
    statistics = zeros(kernel.statistics());
    for (float[] statistic : statistics) {
      Arrays.fill(statistic, 0.25f);
    }
  }

  private static float[][] zeros(List<Parameter> tensors) {
    return tensors.stream().map(tensor -> new float[tensor.size()]).toArray(float[][]::new);
  }

  void run(AttentionKernel kernel, MemoryLayout layout) {
    forward(kernel, layout);
    backward(kernel, layout);
  }

  void forward(AttentionKernel kernel, MemoryLayout layout) {
    FeatureMaps to = maps(new float[y.length], layout);
    kernel.forward(maps(x, layout), to, parameters, statistics, training);
    System.arraycopy(layout.read(to), 0, y, 0, y.length);
  }

  /** Returns relu(attention(x) + residual). */
  float[] forward(AttentionKernel kernel, float[] residual, MemoryLayout layout) {
    FeatureMaps to = maps(new float[y.length], layout);
    FeatureMaps added = maps(residual, layout);
    kernel.forward(maps(x, layout), added, to, parameters, statistics, training);
    return layout.read(to);
  }

  void backward(AttentionKernel kernel, MemoryLayout layout) {
    FeatureMaps to = maps(new float[dx.length], layout);
    kernel.backward(maps(x, layout), maps(dy, layout), to, parameters, gradients);
    System.arraycopy(layout.read(to), 0, dx, 0, dx.length);
  }

  private FeatureMaps maps(float[] values, MemoryLayout layout) {
    return layout.maps(values, images, channels, height, width);
  }

  void checkFinite() {
    assertThat(y).doesNotContain(Float.NaN);
    assertThat(dx).doesNotContain(Float.NaN);
    for (float[] gradient : gradients) {
      assertThat(gradient).doesNotContain(Float.NaN);
    }
  }

  /**
   * Compares the output with that of {@code plain}, and the gradients with central differences of
   * it.
   */
  void check(BiFunction<double[], double[][], PlainMaps> plain) {
    double[][] values =
        Arrays.stream(parameters).map(GradientCheck::doubles).toArray(double[][]::new);
    PlainMaps maps = plain.apply(GradientCheck.doubles(x), values);
    double[] expected = maps.forward();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) y[i]).isCloseTo(expected[i], within(1e-5));
    }
    GradientCheck check = GradientCheck.of(() -> maps.loss(dy));
    check.matches("x", maps.x, dx);
    for (int i = 0; i < parameters.length; i++) {
      check.matches("parameter " + i, maps.parameters[i], gradients[i]);
    }
  }
}
