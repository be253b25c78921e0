package org.finegrain.convolution;

import static org.finegrain.convolution.AxisTransforms.LANES;
import static org.finegrain.convolution.TileTransforms.SIDE;

/**
 * The weights (K,C,3,3) of a convolution, row major within an array.
 *
 * @param values the array that holds them
 * @param offset the index of the first weight
 * @param in input channels C
 * @param out output channels K
 */
record Weights(float[] values, int offset, int in, int out) {
  private static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  /** The number of channels that are transformed at once, within the first-level cache. */
  private static final int GROUP = 16;

  /** The size of one tap of a group, or of one transformed element. */
  private static final int PLANE = GROUP * LANES;

  /**
   * The index, behind the taps, where a group is kept between the transforms along its two axes.
   */
  private static final int COLUMNS = TAPS * PLANE;

  /**
   * Writes {@code u = G w Gᵀ}, (36, K/16, C, 16), for the 16 output channels from {@code panel} on.
   *
   * @param pitch the distance from one of the 36 elements to the next
   */
  void transform(int panel, float[] u, int pitch, ScratchArrays scratch) {
    transform(offset + panel * in * TAPS, in * TAPS, TAPS, false, in, panel, u, pitch, scratch);
  }

  /**
   * Writes the transformed weights of the convolution that computes the gradient of the input, (36,
   * C/16, K, 16). In it, inputs and outputs are exchanged, and the taps are turned by half a turn.
   */
  void transformForInput(int panel, float[] u, int pitch, ScratchArrays scratch) {
    transform(offset + panel * TAPS, TAPS, in * TAPS, true, out, panel, u, pitch, scratch);
  }

  private void transform(
      int from,
      int laneStride,
      int stride,
      boolean turned,
      int terms,
      int panel,
      float[] u,
      int pitch,
      ScratchArrays scratch) {
    float[] work = scratch.strip(COLUMNS + SIDE * KERNEL * PLANE);
    for (int c = 0; c < terms; c += GROUP) {
      for (int lane = 0; lane < MatrixProducts.COLUMNS; lane += LANES) {
        gather(from + c * stride + lane * laneStride, laneStride, stride, turned, work);
        transformGroup(work, u, panel * terms + c * MatrixProducts.COLUMNS + lane, pitch);
      }
    }
  }

  private static void transformGroup(float[] work, float[] u, int at, int pitch) {
    int row = KERNEL * PLANE;
    for (int j = 0; j < KERNEL; j++) {
      int column = COLUMNS + j * PLANE;
      AxisTransforms.weights(work, j * PLANE, LANES, row, work, column, LANES, row, GROUP);
    }
    for (int i = 0; i < SIDE; i++) {
      int to = at + i * SIDE * pitch;
      AxisTransforms.weights(
          work, COLUMNS + i * row, LANES, PLANE, u, to, MatrixProducts.COLUMNS, pitch, GROUP);
    }
  }

  /** Copies the weights of a group to (tap, channel of the group, lane). */
  private void gather(int from, int laneStride, int stride, boolean turned, float[] work) {
    for (int c = 0; c < GROUP; c++) {
      for (int lane = 0; lane < LANES; lane++) {
        int at = from + c * stride + lane * laneStride;
        for (int tap = 0; tap < TAPS; tap++) {
          work[tap * PLANE + c * LANES + lane] = values[at + (turned ? TAPS - 1 - tap : tap)];
        }
      }
    }
  }

  /**
   * Sets {@code w = Gᵀ u G} for the 16 output channels from {@code panel} on, from u (36,C,K).
   *
   * @param pitch the distance from one of the 36 elements to the next
   */
  void setFromGradient(int panel, float[] u, int pitch, ScratchArrays scratch) {
    float[] work = scratch.strip(COLUMNS + KERNEL * SIDE * PLANE);
    for (int c = 0; c < in; c += GROUP) {
      for (int lane = panel; lane < panel + MatrixProducts.COLUMNS; lane += LANES) {
        transformGradients(u, c * out + lane, pitch, work);
        scatter(work, offset + (lane * in + c) * TAPS);
      }
    }
  }

  private void transformGradients(float[] u, int from, int pitch, float[] work) {
    int row = SIDE * PLANE;
    for (int j = 0; j < SIDE; j++) {
      int to = COLUMNS + j * PLANE;
      AxisTransforms.weightGradients(
          u, from + j * pitch, out, SIDE * pitch, work, to, LANES, row, GROUP);
    }
    for (int i = 0; i < KERNEL; i++) {
      int to = i * KERNEL * PLANE;
      AxisTransforms.weightGradients(
          work, COLUMNS + i * row, LANES, PLANE, work, to, LANES, PLANE, GROUP);
    }
  }

  private void scatter(float[] work, int to) {
    for (int lane = 0; lane < LANES; lane++) {
      for (int c = 0; c < GROUP; c++) {
        int at = to + (lane * in + c) * TAPS;
        for (int tap = 0; tap < TAPS; tap++) {
          values[at + tap] = work[tap * PLANE + c * LANES + lane];
        }
      }
    }
  }
}
