package org.finegrain.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.finegrain.parallel.ParallelLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares output and gradients with their definition in double precision. */
class MinimalFilteringTest {
  private static final int BLOCK = 8;

  /** The index of the first weight in its array. */
  private static final int OFFSET = 5;

  @ParameterizedTest
  @CsvSource({
    "1, 16, 16, 1, 1",
    "1, 16, 32, 3, 5",
    "3, 32, 16, 4, 4",
    "2, 16, 48, 13, 9",
    "1, 512, 16, 7, 7",
    "1, 16, 512, 7, 7",
    "4, 16, 16, 57, 58"
  })
  void isTheSumOverTapsOnAnyNumberOfThreads(int images, int in, int out, int height, int width) {
    Shape shape = new Shape(images, in, out, height, width);
    float[] x = normal(images * in * height * width, 1);
    float[] w = normal(OFFSET + out * in * 9, 2);
    float[] dy = normal(images * out * height * width, 3);
    Result one = Result.of(new ParallelLoop(1), shape, x, w, dy);

    ConvolutionSums sums = new ConvolutionSums(images, in, out, height, width, 1);
    float[] taps = Arrays.copyOfRange(w, OFFSET, w.length);
    assertClose(one.y, sums.output(x, taps));
    assertClose(one.dx, sums.gradientOfInput(dy, taps));
    assertClose(one.dw, sums.gradientOfWeights(dy, x));
    Result three = Result.of(new ParallelLoop(3), shape, x, w, dy);
    assertThat(three.y).isEqualTo(one.y); // bit for bit
    assertThat(three.dx).isEqualTo(one.dx);
    assertThat(three.dw).isEqualTo(one.dw);
  }

  @Test
  void refusesChannelsThatFillNoPairOfBlocks() {
    assertThatThrownBy(() -> new MinimalFiltering(16, 24))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid channels of a convolution: 16 in, 24 out (both must be multiples of 16)");
  }

  @Test
  void isFasterWhereItHalvesTheMultiplicationsOfManyTiles() {
    assertThat(MinimalFiltering.isFaster(new int[] {16, 64, 56, 56})).isTrue();
    assertThat(MinimalFiltering.isFaster(new int[] {16, 512, 7, 7})).isTrue();
    assertThat(MinimalFiltering.isFaster(new int[] {1, 512, 7, 7})).isFalse(); // 4 tiles
    assertThat(MinimalFiltering.isFaster(new int[] {64, 512, 5, 5})).isFalse(); // of 8x8, for 5x5
  }

  private record Result(float[] y, float[] dx, float[] dw) {
    static Result of(ParallelLoop loop, Shape shape, float[] x, float[] w, float[] dy) {
      MinimalFiltering filtering = new MinimalFiltering(loop, shape.in, shape.out);
      ByteBuffer input = shape.blocked(x, shape.in);
      ByteBuffer upstream = shape.blocked(dy, shape.out);
      ByteBuffer y = shape.blocked(new float[dy.length], shape.out);
      ByteBuffer dx = shape.blocked(new float[x.length], shape.in);
      float[] dw = normal(w.length, 4); // is overwritten
      filtering.forward(shape.maps(input, shape.in), w, OFFSET, shape.maps(y, shape.out));
      filtering.gradientOfInput(
          shape.maps(upstream, shape.out), w, OFFSET, shape.maps(dx, shape.in));
      filtering.gradientOfWeights(
          shape.maps(input, shape.in), shape.maps(upstream, shape.out), dw, OFFSET);
      return new Result(shape.rows(y, shape.out), shape.rows(dx, shape.in), dw);
    }
  }

  private static void assertClose(float[] found, double[] expected) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    int before = found.length - expected.length;
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(found[before + i] - expected[i]) <= 2e-5 * largest)) { // NaN fails too
        fail("element %d is %s, expected %s", i, found[before + i], expected[i]);
      }
    }
  }

  private static float[] normal(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private record Shape(int images, int in, int out, int height, int width) {
    BlockedMaps maps(ByteBuffer memory, int channels) {
      return BlockedMaps.of(memory, images, channels, height, width);
    }

    ByteBuffer blocked(float[] rows, int channels) {
      ByteBuffer memory =
          ByteBuffer.allocateDirect(rows.length * Float.BYTES).order(ByteOrder.nativeOrder());
      for (int i = 0; i < rows.length; i++) {
        memory.putFloat(at(i, channels), rows[i]);
      }
      return memory;
    }

    float[] rows(ByteBuffer memory, int channels) {
      float[] rows = new float[images * channels * height * width];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = memory.getFloat(at(i, channels));
      }
      return rows;
    }

    private int at(int i, int channels) {
      int positions = height * width;
      int n = i / positions / channels;
      int c = i / positions % channels;
      int block = n * channels / BLOCK + c / BLOCK;
      return ((block * positions + i % positions) * BLOCK + c % BLOCK) * Float.BYTES;
    }
  }
}
