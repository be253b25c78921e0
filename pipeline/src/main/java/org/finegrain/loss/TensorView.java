package org.finegrain.loss;

/**
 * The numbers of a tensor within an array, row major. They are not copied.
 *
 * @param data the array that holds them
 * @param offset the index of the first
 * @param size how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // a section of an array, which is never compared
public record TensorView(float[] data, int offset, int size) {
  /** Returns the view of a whole array. */
  public static TensorView of(float[] data) {
    return new TensorView(data, 0, data.length);
  }
}
