package org.finegrain.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tensor of float32 numbers, row major.
 *
 * @param data the numbers; the array is not copied, so its giver must not write to it any longer
 * @param shape the sizes of the dimensions; none for a single number
 */
public record FloatTensor(float[] data, int... shape) implements Serializable {
  /**
   * Checks that the shape fits the numbers.
   *
   * @throws IllegalArgumentException if it does not
   */
  public FloatTensor {
    if (size(shape) != data.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid tensor: %d values for shape %s",
              data.length,
              Arrays.toString(shape)));
    }
  }

  /** Returns a tensor of zeros. */
  public static FloatTensor zeros(int... shape) {
    return new FloatTensor(new float[size(shape)], shape);
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor tensor
        && Arrays.equals(data, tensor.data)
        && Arrays.equals(shape, tensor.shape);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
