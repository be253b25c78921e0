package org.finegrain.loss;

/**
 * The values of a tensor, row major: {@code size} numbers of {@code data} from {@code offset}. Not
 * a copy.
 */
@SuppressWarnings("ArrayRecordComponent") // a place in an array, which is never compared
public record Values(float[] data, int offset, int size) {
  public static Values of(float[] data) {
    return new Values(data, 0, data.length);
  }
}
