package org.finegrain.loss;

/**
 * The values of a tensor, row major: {@code size} numbers of {@code data} from {@code offset}. Not
 * a copy.
 */
@SuppressWarnings("ArrayRecordComponent") // a place in an array, which is never compared
public record TensorView(float[] data, int offset, int size) {
  public static TensorView of(float[] data) {
    return new TensorView(data, 0, data.length);
  }
}
