package org.finegrain.convolution;

import static org.finegrain.convolution.AxisTransforms.LANES;
import static org.finegrain.convolution.TileTransforms.SIDE;

import java.util.Arrays;
import java.util.Locale;
import org.finegrain.parallel.ParallelLoop;

/**
 * A 3x3 convolution of stride 1, zero padded, without bias, and its gradients, by Winograd's
 * minimal filtering F(4x4, 3x3). A tile of 4x4 outputs takes 36 multiplications for each pair of
 * channels, where the definition of the convolution takes 144.
 *
 * <pre>
 *   y  = Aᵀ [Σ_c (G w Gᵀ) ⊙ (Bᵀ x B)] A            x: a tile of 6x6 inputs, y: of 4x4 outputs
 *   dx = the same of dy, with w turned by half a turn and its channels exchanged
 *   dw = Gᵀ [Σ_tiles (Bᵀ x B) ⊙ (A dy Aᵀ)] G
 * </pre>
 *
 * Shapes: x, dx (N,C,H,W); y, dy (N,K,H,W); w, dw (K,C,3,3). For each of the 36 elements of a
 * transformed tile, the sums over channels or tiles are one product of matrices. The order of the
 * additions does not depend on the number of threads.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
public final class MinimalFiltering {
  private static final int ELEMENTS = SIDE * SIDE;

  /**
   * The number of tiles in a batch below which transforming the weights costs more than it saves.
   */
  private static final int MIN_TILES = 64;

  /**
   * The number of tiles that a thread convolves at once: enough to use each transformed weight
   * often, few enough for the caches.
   */
  private static final int TILES_OF_PART = 64;

  /**
   * The number of tiles in a part of the gradient of the weights. Each part reads and writes the
   * gradient of all weights, so it is larger.
   */
  private static final int TILES_OF_GRADIENTS_PART = 256;

  /**
   * The number of tiles for each thread below which all threads work on the same part. Each of them
   * then reads only its share of the weights.
   */
  private static final int MIN_TILES_OF_THREAD = 32;

  private static final ParallelLoop ALONE = new ParallelLoop(1);

  /**
   * The numbers between one element's matrix and the next. Without them all 36 matrices would
   * compete for the same sets of the caches.
   */
  private static final int GAP = 16;

  private final ParallelLoop loop;
  private final int in;
  private final int out;

  /** The distance from one element's transformed weights to the next element's. */
  private final int pitch;

  /**
   * Creates a convolution.
   *
   * @param in input channels C, a multiple of 16
   * @param out output channels K, a multiple of 16
   * @throws IllegalArgumentException if one is not a multiple of 16
   */
  public MinimalFiltering(int in, int out) {
    this(ParallelLoop.shared(), in, out);
  }

  MinimalFiltering(ParallelLoop loop, int in, int out) {
    if (!supports(in, out)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid channels of a convolution: %d in, %d out (both must be multiples of %d)",
              in,
              out,
              MatrixProducts.COLUMNS));
    }
    this.loop = loop;
    this.in = in;
    this.out = out;
    pitch = in * out + GAP;
  }

  /** Rerounds whether minimal filtering can be used for so many channels. */
  public static boolean supports(int in, int out) {
    return in % MatrixProducts.COLUMNS == 0 && out % MatrixProducts.COLUMNS == 0;
  }

  /**
   * Rerounds whether minimal filtering is expected to be faster than the definition for maps of
   * this shape (N,C,H,W): whether it at least halves the multiplications, and there are enough
   * tiles.
   */
  public static boolean isFaster(int[] shape) {
    long tiles = (long) shape[0] * BlockedMaps.tiles(shape[2]) * BlockedMaps.tiles(shape[3]);
    long byDefinition = (long) shape[0] * shape[2] * shape[3] * 9;
    return tiles >= MIN_TILES && 2 * tiles * ELEMENTS <= byDefinition;
  }

  /**
   * Writes y.
   *
   * @param w an array that holds the weights from {@code offset} on
   */
  public void forward(BlockedMaps x, float[] w, int offset, BlockedMaps y) {
    Weights weights = new Weights(w, offset, in, out);
    ScratchArrays scratch = ScratchArrays.take();
    float[] u = scratch.weights(ELEMENTS * pitch);
    forEach(
        loop,
        out / MatrixProducts.COLUMNS,
        (panel, own) -> weights.transform(panel * MatrixProducts.COLUMNS, u, pitch, own));
    convolve(x, scratch, u, y);
    scratch.giveBack();
  }

  /**
   * Writes dx.
   *
   * @param w an array that holds the weights from {@code offset} on
   */
  public void gradientOfInput(BlockedMaps dy, float[] w, int offset, BlockedMaps dx) {
    Weights weights = new Weights(w, offset, in, out);
    ScratchArrays scratch = ScratchArrays.take();
    float[] u = scratch.weights(ELEMENTS * pitch);
    forEach(
        loop,
        in / MatrixProducts.COLUMNS,
        (panel, own) -> weights.transformForInput(panel * MatrixProducts.COLUMNS, u, pitch, own));
    convolve(dy, scratch, u, dx);
    scratch.giveBack();
  }

  private void convolve(BlockedMaps x, ScratchArrays scratch, float[] u, BlockedMaps y) {
    int rows = x.allTileRows();
    int tiles = rows * x.tileColumns;
    if (tiles < MIN_TILES_OF_THREAD * loop.threads()) {
      convolve(loop, x, 0, rows, scratch, u, y);
      return;
    }
    int rounds = (tiles - 1) / (TILES_OF_PART * loop.threads()) + 1;
    int parts = Math.min(rounds * loop.threads(), rows);
    forEach(
        loop,
        parts,
        (part, own) ->
            convolve(ALONE, x, rows * part / parts, rows * (part + 1) / parts, own, u, y));
  }

  /**
   * Convolves the rows of tiles from {@code first} (inclusive) to {@code end} (exclusive).
   *
   * @param threads the threads that work on them
   */
  private void convolve(
      ParallelLoop threads,
      BlockedMaps x,
      int first,
      int end,
      ScratchArrays scratch,
      float[] u,
      BlockedMaps y) {
    int tiles = (end - first) * x.tileColumns;
    int padded = (tiles + MatrixProducts.ROWS - 1) / MatrixProducts.ROWS * MatrixProducts.ROWS;
    int vPitch = padded * x.channels + GAP;
    int mPitch = padded * y.channels + GAP;
    float[] v = scratch.inputs(ELEMENTS * vPitch);
    float[] m = scratch.outputs(ELEMENTS * mPitch);
    forEach(
        threads,
        end - first,
        (row, own) -> {
          int at = row * x.tileColumns * x.channels;
          for (int b = 0; b < x.blocks(); b++) {
            TileTransforms.inputs(x, first + row, b, own, v, at + b * LANES, x.channels, vPitch);
          }
        });
    threads.forEach(
        ELEMENTS,
        e ->
            MatrixProducts.rows(
                v, e * vPitch, u, e * pitch, m, e * mPitch, padded, x.channels, y.channels));
    forEach(
        threads,
        end - first,
        (row, own) -> {
          int at = row * y.tileColumns * y.channels;
          for (int b = 0; b < y.blocks(); b++) {
            TileTransforms.outputs(m, at + b * LANES, y.channels, mPitch, own, y, first + row, b);
          }
        });
  }

  private interface Body {
    void run(int index, ScratchArrays own);
  }

  private static void forEach(ParallelLoop threads, int count, Body body) {
    threads.forEach(
        count,
        index -> {
          ScratchArrays own = ScratchArrays.take();
          body.run(index, own);
          own.giveBack();
        });
  }

  /**
   * Writes dw.
   *
   * @param dw the array to which the gradient is written from {@code offset} on
   */
  public void gradientOfWeights(BlockedMaps x, BlockedMaps dy, float[] dw, int offset) {
    Weights weights = new Weights(dw, offset, in, out);
    ScratchArrays scratch = ScratchArrays.take();
    float[] du = scratch.weights(ELEMENTS * pitch);
    int rows = x.allTileRows();
    int partRows = Math.max(1, TILES_OF_GRADIENTS_PART / x.tileColumns);
    for (int first = 0; first < rows; first += partRows) {
      multiplyGradients(x, dy, first, Math.min(first + partRows, rows), scratch, du);
    }
    forEach(
        loop,
        out / MatrixProducts.COLUMNS,
        (panel, own) -> weights.setFromGradient(panel * MatrixProducts.COLUMNS, du, pitch, own));
    scratch.giveBack();
  }

  /**
   * Adds the products of these rows of tiles to {@code du}. The first rows of all set it instead.
   */
  private void multiplyGradients(
      BlockedMaps x, BlockedMaps dy, int first, int end, ScratchArrays scratch, float[] du) {
    int tiles = (end - first) * x.tileColumns;
    int vPitch = tiles * in + GAP;
    int mPitch = tiles * out + GAP;
    float[] v = scratch.inputs(ELEMENTS * vPitch);
    float[] dm = scratch.outputs(ELEMENTS * mPitch);
    forEach(
        loop,
        end - first,
        (row, own) -> {
          int tile = row * x.tileColumns;
          for (int b = 0; b < x.blocks(); b++) {
            int at = (b * tiles + tile) * LANES;
            TileTransforms.inputs(x, first + row, b, own, v, at, LANES, vPitch);
          }
          for (int b = 0; b < dy.blocks(); b++) {
            int at = (b * tiles + tile) * LANES;
            TileTransforms.outputGradients(dy, first + row, b, own, dm, at, LANES, mPitch);
          }
        });
    loop.forEach(
        ELEMENTS,
        e -> {
          if (first == 0) {
            Arrays.fill(du, e * pitch, e * pitch + in * out, 0);
          }
          MatrixProducts.addOuter(v, e * vPitch, dm, e * mPitch, du, e * pitch, in, tiles, out);
        });
  }
}
