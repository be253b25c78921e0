package org.finegrain.convolution;

import static org.finegrain.convolution.AxisTransforms.LANES;
import static org.finegrain.convolution.BlockedMaps.TILE;

import java.util.Arrays;

/**
 * The transforms of the tiles of minimal filtering F(4x4, 3x3), for one block of 8 channels in one
 * row of tiles. A tile has 4x4 outputs, which depend on 6x6 inputs; transformed, it has 6x6
 * elements. Each element is a vector of the 8 channels. {@code pitch} is the distance in numbers
 * from an element to the next one of the same tile, so that element (i,j) lies {@code (6i+j)·pitch}
 * after element (0,0). {@code step} is the distance from an element to the same one of the next
 * tile.
 */
final class TileTransforms {
  /** The side of a transformed tile. */
  static final int SIDE = 6;

  private TileTransforms() {}

  /**
   * Writes {@code v = Bᵀ x B} of the 6x6 inputs of each tile. Inputs outside of the map are zero.
   */
  static void inputs(
      BlockedMaps x,
      int row,
      int block,
      ScratchArrays scratch,
      float[] v,
      int at,
      int step,
      int pitch) {
    int line = (x.tileColumns * TILE + 2) * LANES;
    float[] strip = scratch.strip(SIDE * line);
    Arrays.fill(strip, 0, SIDE * line, 0);
    for (int i = 0; i < SIDE; i++) {
      x.read(row, block, i - 1, strip, i * line + LANES);
    }
    AxisTransforms.inputs(strip, 0, LANES, line, strip, 0, LANES, line, line / LANES);
    for (int i = 0; i < SIDE; i++) {
      AxisTransforms.inputs(
          strip,
          i * line,
          TILE * LANES,
          LANES,
          v,
          at + SIDE * i * pitch,
          step,
          pitch,
          x.tileColumns);
    }
  }

  /**
   * Writes {@code dm = A dy Aᵀ} of the 4x4 gradients of each tile. Gradients outside of the map are
   * zero.
   */
  static void outputGradients(
      BlockedMaps dy,
      int row,
      int block,
      ScratchArrays scratch,
      float[] dm,
      int at,
      int step,
      int pitch) {
    int line = dy.tileColumns * TILE * LANES;
    float[] strip = scratch.strip(SIDE * line);
    Arrays.fill(strip, 0, TILE * line, 0);
    for (int i = 0; i < TILE; i++) {
      dy.read(row, block, i, strip, i * line);
    }
    AxisTransforms.outputGradients(strip, 0, LANES, line, strip, 0, LANES, line, line / LANES);
    for (int i = 0; i < SIDE; i++) {
      AxisTransforms.outputGradients(
          strip,
          i * line,
          TILE * LANES,
          LANES,
          dm,
          at + SIDE * i * pitch,
          step,
          pitch,
          dy.tileColumns);
    }
  }

  /** Writes {@code y = Aᵀ m A}, the 4x4 outputs of each tile. */
  static void outputs(
      float[] m,
      int at,
      int step,
      int pitch,
      ScratchArrays scratch,
      BlockedMaps y,
      int row,
      int block) {
    int tile = SIDE * LANES;
    int line = y.tileColumns * tile;
    float[] strip = scratch.strip(TILE * line);
    for (int j = 0; j < SIDE; j++) {
      AxisTransforms.outputs(
          m, at + j * pitch, step, SIDE * pitch, strip, j * LANES, tile, line, y.tileColumns);
    }
    for (int i = 0; i < TILE; i++) {
      int start = i * line;
      AxisTransforms.outputs(
          strip, start, tile, LANES, strip, start, TILE * LANES, LANES, y.tileColumns);
      y.write(row, block, i, strip, start);
    }
  }
}
