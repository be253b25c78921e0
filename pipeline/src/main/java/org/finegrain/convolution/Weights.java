package org.finegrain.convolution;

import static org.finegrain.convolution.TileTransforms.SIDE;
import static org.finegrain.convolution.Transforms.LANES;

/**
 * The weights (K,C,3,3) of a convolution, row major in an array.
 *
 * @param values holds them from {@code offset} on
 */
record Weights(float[] values, int offset, int in, int out) {
  private static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  /** Channels of the sum that are transformed at once, in the first-level cache. */
  private static final int GROUP = 16;

  /** One tap, or one element of a transformed one, of a group. */
  private static final int PLANE = GROUP * LANES;

  /**
   * {@code u = G w Gᵀ}, (36, K/16, C, 16), for the 8 output channels from {@code lane} on.
   *
   * @param pitch from one of the 36 to the next
   */
  void transform(int lane, float[] u, int pitch) {
    transform(offset + lane * in * TAPS, in * TAPS, TAPS, false, in, lane, u, pitch);
  }

  /**
   * Likewise of the convolution that the gradient of the input is: inputs and outputs exchanged,
   * taps turned by half a turn; (36, C/16, K, 16).
   */
  void transformForInput(int lane, float[] u, int pitch) {
    transform(offset + lane * TAPS, TAPS, in * TAPS, true, out, lane, u, pitch);
  }

  private void transform(
      int from,
      int laneStride,
      int stride,
      boolean turned,
      int terms,
      int lane,
      float[] u,
      int pitch) {
    float[] taps = new float[TAPS * PLANE];
    float[] columns = new float[SIDE * KERNEL * PLANE];
    int panel = lane / Products.COLUMNS * Products.COLUMNS * terms + lane % Products.COLUMNS;
    for (int c = 0; c < terms; c += GROUP) {
      gather(from + c * stride, laneStride, stride, turned, taps);
      for (int j = 0; j < KERNEL; j++) {
        Transforms.weights(
            taps,
            j * PLANE,
            LANES,
            KERNEL * PLANE,
            columns,
            j * PLANE,
            LANES,
            KERNEL * PLANE,
            GROUP);
      }
      for (int i = 0; i < SIDE; i++) {
        Transforms.weights(
            columns,
            i * KERNEL * PLANE,
            LANES,
            PLANE,
            u,
            i * SIDE * pitch + panel + c * Products.COLUMNS,
            Products.COLUMNS,
            pitch,
            GROUP);
      }
    }
  }

  /** To (tap, channel of the group, lane). */
  private void gather(int from, int laneStride, int stride, boolean turned, float[] taps) {
    for (int c = 0; c < GROUP; c++) {
      for (int lane = 0; lane < LANES; lane++) {
        int at = from + c * stride + lane * laneStride;
        for (int tap = 0; tap < TAPS; tap++) {
          taps[tap * PLANE + c * LANES + lane] = values[at + (turned ? TAPS - 1 - tap : tap)];
        }
      }
    }
  }

  /**
   * {@code w = Gᵀ u G} for the 8 output channels from {@code lane} on, from u as (36,C,K).
   *
   * @param pitch from one of the 36 to the next
   */
  void setFromGradient(int lane, float[] u, int pitch) {
    float[] columns = new float[KERNEL * SIDE * PLANE];
    float[] taps = new float[TAPS * PLANE];
    for (int c = 0; c < in; c += GROUP) {
      for (int j = 0; j < SIDE; j++) {
        Transforms.weightGradients(
            u,
            j * pitch + c * out + lane,
            out,
            SIDE * pitch,
            columns,
            j * PLANE,
            LANES,
            SIDE * PLANE,
            GROUP);
      }
      for (int i = 0; i < KERNEL; i++) {
        Transforms.weightGradients(
            columns, i * SIDE * PLANE, LANES, PLANE, taps, i * KERNEL * PLANE, LANES, PLANE, GROUP);
      }
      scatter(taps, offset + (lane * in + c) * TAPS);
    }
  }

  private void scatter(float[] taps, int to) {
    for (int lane = 0; lane < LANES; lane++) {
      for (int c = 0; c < GROUP; c++) {
        int at = to + (lane * in + c) * TAPS;
        for (int tap = 0; tap < TAPS; tap++) {
          values[at + tap] = taps[tap * PLANE + c * LANES + lane];
        }
      }
    }
  }
}
