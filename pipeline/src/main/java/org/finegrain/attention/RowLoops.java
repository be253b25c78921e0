package org.finegrain.attention;

/**
 * Loops over one row, the contiguous positions of one channel. Every array starts at index 0: the
 * JVM's compiler makes vector instructions of a loop that writes an array only where all arrays
 * have the same index, because arrays with different indices might overlap. So a row of a feature
 * map is copied to a buffer, worked on there, and copied back. The copies cost far less than the
 * vector instructions save.
 */
final class RowLoops {
  private RowLoops() {}

  /** Computes {@code mean += gate · share · row} and {@code peak = max(peak, gate · row)}. */
  static void pool(float[] row, float gate, float share, float[] mean, float[] peak, int size) {
    float weight = gate * share;
    for (int p = 0; p < size; p++) {
      mean[p] += weight * row[p];
      peak[p] = Math.max(peak[p], gate * row[p]);
    }
  }

  /**
   * Returns the maximum. The loop is scalar: its branch is seldom taken, while a vector maximum has
   * to handle NaN.
   */
  static float max(float[] row, int size) {
    float max = row[0];
    for (int p = 1; p < size; p++) {
      if (row[p] > max) {
        max = row[p];
      }
    }
    return max;
  }

  /**
   * Returns the first position of {@code value}. If there is none, because the row holds a NaN,
   * returns 0.
   */
  static int find(float value, float[] row, int size) {
    for (int p = 0; p < size; p++) {
      if (row[p] == value) {
        return p;
      }
    }
    return 0;
  }

  static void scale(float[] row, float scale, int size) {
    for (int p = 0; p < size; p++) {
      row[p] *= scale;
    }
  }

  /** Computes {@code row *= scale · factor}. */
  static void multiply(float[] row, float scale, float[] factor, int size) {
    for (int p = 0; p < size; p++) {
      row[p] *= scale * factor[p];
    }
  }

  /** Computes {@code row *= offset + factor}. */
  static void multiplySum(float[] row, float offset, float[] factor, int size) {
    for (int p = 0; p < size; p++) {
      row[p] *= offset + factor[p];
    }
  }

  /** Computes {@code row = relu(row + other)}. */
  static void addAndRectify(float[] row, float[] other, int size) {
    for (int p = 0; p < size; p++) {
      row[p] = Math.max(0, row[p] + other[p]);
    }
  }

  /** Computes {@code row += scale · other + addend}. */
  static void add(float[] row, float scale, float[] other, float addend, int size) {
    for (int p = 0; p < size; p++) {
      row[p] += scale * other[p] + addend;
    }
  }

  /** Computes {@code sum += scale · dy · x}, then {@code dy *= x · share · factor}. */
  static void gateGradients(
      float[] dy, float[] x, float scale, float[] sum, float share, float[] factor, int size) {
    for (int p = 0; p < size; p++) {
      float change = dy[p] * x[p];
      sum[p] += scale * change;
      dy[p] = change * (share * factor[p]);
    }
  }

  /** Computes {@code dy = x · (dy · factor + addend) · share}. */
  static void gateGradient(
      float[] dy, float[] x, float[] factor, float[] addend, float share, int size) {
    for (int p = 0; p < size; p++) {
      dy[p] = x[p] * (dy[p] * factor[p] + addend[p]) * share;
    }
  }

  /** Sets {@code index[p] = value} where the gated row equals {@code peak}. */
  static void mark(float[] row, float gate, float[] peak, int value, int[] index, int size) {
    for (int p = 0; p < size; p++) {
      if (gate * row[p] == peak[p]) {
        index[p] = value;
      }
    }
  }

  /**
   * Returns the sum of the row. Eight partial sums run side by side, so that the processor need not
   * wait for one addition to end before the next begins.
   */
  static float sum(float[] row, int size) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int p = 0;
    for (; p + 7 < size; p += 8) {
      s0 += row[p];
      s1 += row[p + 1];
      s2 += row[p + 2];
      s3 += row[p + 3];
      s4 += row[p + 4];
      s5 += row[p + 5];
      s6 += row[p + 6];
      s7 += row[p + 7];
    }
    for (; p < size; p++) {
      s0 += row[p];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
