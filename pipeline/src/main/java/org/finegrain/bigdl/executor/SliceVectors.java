package org.finegrain.bigdl.executor;

import java.util.List;

/**
 * What a training has learned of a slice of the flat vector: its weights, the optimiser's memory,
 * and their average where one is kept. Read and written as one row of numbers, a vector's slice
 * after the other's, so that it can travel in pieces of any length.
 *
 * @param vectors at least one
 * @param offset of the slice in each of them
 * @param length of the slice
 */
public record SliceVectors(List<float[]> vectors, int offset, int length) {
  public long numbers() {
    return (long) vectors.size() * length;
  }

  /** Copies at most {@code count} numbers, fewer at the end of the row. */
  public float[] read(long from, int count) {
    float[] piece = new float[(int) Math.max(0, Math.min(count, numbers() - from))];
    eachSpan(
        from,
        piece.length,
        (vector, at, done, span) -> System.arraycopy(vector, at, piece, done, span));
    return piece;
  }

  /** Puts in its place what {@link #read} has copied. */
  public void write(long from, float[] piece) {
    eachSpan(
        from,
        piece.length,
        (vector, at, done, span) -> System.arraycopy(piece, done, vector, at, span));
  }

  private interface Span {
    void copy(float[] vector, int at, int done, int span);
  }

  private void eachSpan(long from, int count, Span copy) {
    int done = 0;
    while (done < count) {
      int inSlice = (int) ((from + done) % length);
      int span = Math.min(count - done, length - inSlice);
      copy.copy(vectors.get((int) ((from + done) / length)), offset + inSlice, done, span);
      done += span;
    }
  }
}
