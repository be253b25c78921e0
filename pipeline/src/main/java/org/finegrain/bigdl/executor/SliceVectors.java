package org.finegrain.bigdl.executor;

import java.util.List;

/**
 * A slice of the vectors of a training: of its weights, of the optimizer's memory, and of the
 * average where one is kept. The slices are read and written as one row of numbers, one slice after
 * the other, so that they can travel in pieces of any length.
 *
 * @param vectors the vectors, at least one
 * @param offset where the slice begins in each of them
 * @param length the length of the slice
 */
public record SliceVectors(List<float[]> vectors, int offset, int length) {
  /** Returns the length of the row. */
  public long numbers() {
    return (long) vectors.size() * length;
  }

  /**
   * Returns a copy of {@code count} numbers from {@code from} on, or fewer at the end of the row.
   */
  public float[] read(long from, int count) {
    float[] piece = new float[(int) Math.max(0, Math.min(count, numbers() - from))];
    eachSpan(
        from,
        piece.length,
        (vector, at, done, span) -> System.arraycopy(vector, at, piece, done, span));
    return piece;
  }

  /** Writes a piece that {@link #read} has copied from the same place. */
  public void write(long from, float[] piece) {
    eachSpan(
        from,
        piece.length,
        (vector, at, done, span) -> System.arraycopy(piece, done, vector, at, span));
  }

  /** Copies a span of a piece that lies in one vector. */
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
