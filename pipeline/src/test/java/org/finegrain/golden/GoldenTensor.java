package org.finegrain.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/**
 * A tensor of a golden file, row major, with the 12 digits of the file. Inputs and parameters are
 * exact in float32.
 */
public record GoldenTensor(double[] data, int... shape) {

  /**
   * Reads {@code {"shape", "data"}}, or computes the numbers that {@code {"seed", "scale", …}}
   * stands for.
   */
  public static GoldenTensor of(JsonNode json) {
    int[] shape =
        StreamSupport.stream(json.required("shape").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    if (json.has("seed")) {
      return filled(json, shape);
    }
    return new GoldenTensor(numbers(json.required("data")), shape);
  }

  private static GoldenTensor filled(JsonNode json, int[] shape) {
    double[] data = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    int seed = json.required("seed").asInt();
    double scale = json.required("scale").asDouble();
    double offset = json.required("offset").asDouble();
    Arrays.setAll(data, i -> fill(seed, i, scale, offset));
    double[] head = numbers(json.required("head"));
    assertThat(Arrays.copyOf(data, head.length))
        .as("numbers computed from the seed")
        .containsExactly(head);
    return new GoldenTensor(data, shape);
  }

  /** Returns element {@code i} of a tensor that a rule fills. Every value is exact in float32. */
  private static float fill(int seed, int i, double scale, double offset) {
    int h = seed * 0x9E3779B1 + i * 0x85EBCA77;
    h ^= h >>> 16;
    h *= 0x7FEB352D;
    h ^= h >>> 15;
    h *= 0x846CA68B;
    h ^= h >>> 16;
    return (float) (offset + 2 * scale * ((h >>> 16) / 65536.0 - 0.5));
  }

  private static double[] numbers(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  public int size() {
    return data.length;
  }

  public float[] floats() {
    float[] floats = new float[data.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) data[i];
    }
    return floats;
  }

  public double maxAbs() {
    return Arrays.stream(data).map(Math::abs).max().orElse(0);
  }

  /**
   * Checks that {@code max |actual − expected| ≤ absolute + relative · max |expected|} over the
   * tensor.
   */
  public void check(String label, float[] actual, double absolute, double relative) {
    double[] doubles = new double[actual.length];
    Arrays.setAll(doubles, i -> actual[i]);
    check(label, doubles, absolute, relative);
  }

  public void check(String label, double[] actual, double absolute, double relative) {
    assertThat(actual).as("%s: size", label).hasSameSizeAs(data);
    double limit = absolute + relative * maxAbs();
    for (int i = 0; i < data.length; i++) {
      if (!(Math.abs(actual[i] - data[i]) <= limit)) { // NaN fails too
        fail(
            "%s: element %d is %s, expected %s, to within %s", label, i, actual[i], data[i], limit);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GoldenTensor tensor
        && Arrays.equals(data, tensor.data)
        && Arrays.equals(shape, tensor.shape);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return "GoldenTensor" + Arrays.toString(shape);
  }
}
