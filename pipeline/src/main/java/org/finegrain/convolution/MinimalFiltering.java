package org.finegrain.convolution;

import static org.finegrain.convolution.TileTransforms.SIDE;
import static org.finegrain.convolution.Transforms.LANES;

import java.util.Arrays;
import org.finegrain.parallel.ParallelLoop;

/**
 * A 3x3 convolution of stride 1, zero padded, without bias, and its gradients, by Winograd's
 * minimal filtering F(4x4, 3x3): a tile of 4x4 outputs takes 36 multiplications for each pair of
 * channels where their definition has 144.
 *
 * <pre>
 *   y  = Aᵀ [Σ_c (G w Gᵀ) ⊙ (Bᵀ x B)] A            x: a tile of 6x6 inputs, y: of 4x4 outputs
 *   dx = the same of dy, with w turned by half a turn and its channels exchanged
 *   dw = Gᵀ [Σ_tiles (Bᵀ x B) ⊙ (A dy Aᵀ)] G
 * </pre>
 *
 * Shapes: x, dx (N,C,H,W); y, dy (N,K,H,W); w, dw (K,C,3,3). For each of the 36 elements of a
 * transformed tile, the sums over channels or tiles are one product of matrices. Every sum runs in
 * one order, whatever the number of threads.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
public final class MinimalFiltering {
  private static final int ELEMENTS = SIDE * SIDE;

  /** Tiles that a thread transforms and multiplies at once: they stay in its cache. */
  private static final int TILES = 48;

  /** Tiles of a batch below which transforming the weights costs more than is gained. */
  private static final int LEAST_TILES = 64;

  /** Values of transformed tiles for the gradient of weights at once: in the shared cache. */
  private static final int LARGEST_PART = 3 << 20;

  /** Apart from multiples of the caches' associative ways, which all elements would compete for. */
  private static final int GAP = 16;

  private final ParallelLoop loop;
  private final int in;
  private final int out;

  /**
   * @param in channels C, a multiple of 16
   * @param out channels K, likewise
   */
  public MinimalFiltering(int in, int out) {
    this(ParallelLoop.shared(), in, out);
  }

  MinimalFiltering(ParallelLoop loop, int in, int out) {
    if (!computes(in, out)) {
      throw new IllegalArgumentException(
          "Invalid channels: %d to %d (must be multiples of %d)"
              .formatted(in, out, Products.COLUMNS));
    }
    this.loop = loop;
    this.in = in;
    this.out = out;
  }

  /** Whether it can be used for so many channels. */
  public static boolean computes(int in, int out) {
    return in % Products.COLUMNS == 0 && out % Products.COLUMNS == 0;
  }

  /**
   * Whether it is faster than the definition for maps (N,C,H,W): it at least halves the
   * multiplications, and there are enough tiles.
   */
  public static boolean pays(int[] shape) {
    long tiles = (long) shape[0] * BlockedMaps.tiles(shape[2]) * BlockedMaps.tiles(shape[3]);
    long byDefinition = (long) shape[0] * shape[2] * shape[3] * 9;
    return tiles >= LEAST_TILES && 2 * tiles * ELEMENTS <= byDefinition;
  }

  /**
   * Writes y.
   *
   * @param w holds the weights from {@code offset} on
   */
  public void forward(BlockedMaps x, float[] w, int offset, BlockedMaps y) {
    Weights weights = new Weights(w, offset, in, out);
    Room room = Room.take();
    int pitch = in * out + GAP;
    float[] u = room.weights(ELEMENTS * pitch);
    loop.forEach(out / LANES, block -> weights.transform(block * LANES, u, pitch));
    convolve(x, u, pitch, y);
    room.giveBack();
  }

  /**
   * Writes dx.
   *
   * @param w holds the weights from {@code offset} on
   */
  public void gradientOfInput(BlockedMaps dy, float[] w, int offset, BlockedMaps dx) {
    Weights weights = new Weights(w, offset, in, out);
    Room room = Room.take();
    int pitch = in * out + GAP;
    float[] u = room.weights(ELEMENTS * pitch);
    loop.forEach(in / LANES, block -> weights.transformForInput(block * LANES, u, pitch));
    convolve(dy, u, pitch, dx);
    room.giveBack();
  }

  private void convolve(BlockedMaps x, float[] u, int pitch, BlockedMaps y) {
    int rows = x.allTileRows();
    int parts = loop.wholeRounds((rows * x.tileColumns + TILES - 1) / TILES);
    int partRows = (rows + parts - 1) / parts;
    loop.forEach(
        (rows + partRows - 1) / partRows,
        part -> {
          Room room = Room.take();
          int first = part * partRows;
          convolve(x, first, Math.min(first + partRows, rows), u, pitch, y, room);
          room.giveBack();
        });
  }

  /** The rows of tiles from {@code first} to before {@code end}. */
  private static void convolve(
      BlockedMaps x, int first, int end, float[] u, int uPitch, BlockedMaps y, Room room) {
    int tiles = (end - first) * x.tileColumns;
    int padded = (tiles + Products.ROWS - 1) / Products.ROWS * Products.ROWS;
    int vPitch = padded * x.channels + GAP;
    int mPitch = padded * y.channels + GAP;
    float[] v = room.inputs(ELEMENTS * vPitch);
    float[] m = room.outputs(ELEMENTS * mPitch);
    for (int row = first; row < end; row++) {
      int at = (row - first) * x.tileColumns * x.channels;
      for (int block = 0; block < x.blocks(); block++) {
        TileTransforms.inputs(x, row, block, room, v, at + block * LANES, x.channels, vPitch);
      }
    }
    for (int e = 0; e < ELEMENTS; e++) {
      Products.rows(v, e * vPitch, u, e * uPitch, m, e * mPitch, padded, x.channels, y.channels);
    }
    for (int row = first; row < end; row++) {
      int at = (row - first) * y.tileColumns * y.channels;
      for (int block = 0; block < y.blocks(); block++) {
        TileTransforms.outputs(m, at + block * LANES, y.channels, mPitch, room, y, row, block);
      }
    }
  }

  /**
   * Writes dw.
   *
   * @param dw will hold the gradient from {@code offset} on
   */
  public void gradientOfWeights(BlockedMaps x, BlockedMaps dy, float[] dw, int offset) {
    Weights weights = new Weights(dw, offset, in, out);
    Room room = Room.take();
    int pitch = in * out + GAP;
    float[] du = room.weights(ELEMENTS * pitch);
    loop.forEach(ELEMENTS, e -> Arrays.fill(du, e * pitch, e * pitch + in * out, 0));
    int rows = x.allTileRows();
    int partRows = Math.max(1, LARGEST_PART / (ELEMENTS * x.tileColumns * (in + out)));
    for (int first = 0; first < rows; first += partRows) {
      addOuter(x, dy, first, Math.min(first + partRows, rows), room, du, pitch);
    }
    loop.forEach(out / LANES, block -> weights.setFromGradient(block * LANES, du, pitch));
    room.giveBack();
  }

  private void addOuter(
      BlockedMaps x, BlockedMaps dy, int first, int end, Room room, float[] du, int uPitch) {
    int tiles = (end - first) * x.tileColumns;
    int vPitch = tiles * in + GAP;
    int mPitch = tiles * out + GAP;
    float[] v = room.inputs(ELEMENTS * vPitch);
    float[] dm = room.outputs(ELEMENTS * mPitch);
    loop.forEach(
        end - first,
        row -> {
          Room own = Room.take();
          int tile = row * x.tileColumns;
          for (int b = 0; b < x.blocks(); b++) {
            int at = (b * tiles + tile) * LANES;
            TileTransforms.inputs(x, first + row, b, own, v, at, LANES, vPitch);
          }
          for (int b = 0; b < dy.blocks(); b++) {
            int at = (b * tiles + tile) * LANES;
            TileTransforms.outputGradients(dy, first + row, b, own, dm, at, LANES, mPitch);
          }
          own.giveBack();
        });
    loop.forEach(
        ELEMENTS,
        e -> Products.addOuter(v, e * vPitch, dm, e * mPitch, du, e * uPitch, in, tiles, out));
  }
}
