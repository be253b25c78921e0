package org.finegrain.attention;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes over feature maps in blocks, in vector instructions. One vector holds one block of
 * channels at one position.
 *
 * <p>No code uses this class by its name: {@link BlockPasses#of} loads a copy of it for each vector
 * species. A class that is loaded so can have no lambdas.
 *
 * <p>Sums over positions are in float, first within a tile of positions and then over the tiles,
 * which bounds their error. Sums over lanes are scalar: {@code reduceLanes} may add in another
 * order once a loop is compiled, and the last bits would change. Passes that sum over channels go
 * through all blocks of one tile before the next tile, so that these sums stay in the first-level
 * cache.
 *
 * <p>A loop over vectors never contains another one: the JVM would then keep the vectors on the
 * heap, gigabytes of them in a step.
 */
final class BlockLoops implements BlockPasses {
  private static final VectorSpecies<Float> SPECIES = species();
  private static final int LANES = SPECIES.length();
  private static final int BYTES = LANES * Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int TILE = TileBuffers.TILE;

  @SuppressWarnings("unchecked")
  private static VectorSpecies<Float> species() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, VectorSpecies.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError(
          "Cannot load the passes over feature maps: the class has no vector species", e);
    }
  }

  private static FloatVector load(ByteBuffer maps, int block, int positions, int p) {
    return FloatVector.fromByteBuffer(SPECIES, maps, (block * positions + p) * BYTES, ORDER);
  }

  private static FloatVector load(float[] channels, int block) {
    return FloatVector.fromArray(SPECIES, channels, block * LANES);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  @Override
  public void poolChannels(ByteBuffer x, int blocks, int positions, PooledValues pools) {
    for (int b = 0; b < blocks; b++) {
      poolBlock(x, b, positions, pools.channelMean, pools.channelMax);
    }
    for (int c = 0; c < blocks * LANES; c++) {
      pools.channelMean[c] = PooledValues.finite(pools.channelMean[c]);
    }
  }

  private static void poolBlock(ByteBuffer x, int b, int positions, float[] mean, float[] max) {
    all(0).intoArray(mean, b * LANES);
    all(Float.NEGATIVE_INFINITY).intoArray(max, b * LANES);
    for (int start = 0; start < positions; start += TILE) {
      poolBlockTile(x, b, positions, start, Math.min(start + TILE, positions), mean, max);
    }
  }

  private static void poolBlockTile(
      ByteBuffer x, int b, int positions, int start, int end, float[] mean, float[] max) {
    FloatVector share = all(1f / positions);
    FloatVector sum = all(0);
    FloatVector peak = load(max, b);
    for (int p = start; p < end; p++) {
      FloatVector v = load(x, b, positions, p);
      sum = sum.add(v.mul(share)); // scaled first: the sum of large values would overflow
      peak = peak.max(v);
    }
    load(mean, b).add(sum).intoArray(mean, b * LANES);
    peak.intoArray(max, b * LANES);
  }

  @Override
  public void pool(ByteBuffer x, int blocks, int positions, float[] padding, PooledValues pools) {
    float[] means = TileBuffers.ofThread().sums;
    float[] peaks = TileBuffers.ofThread().peaks;
    Arrays.fill(pools.channelMax, Float.NEGATIVE_INFINITY);
    for (int start = 0; start < positions; start += TILE) {
      int end = Math.min(start + TILE, positions);
      Arrays.fill(means, 0);
      Arrays.fill(peaks, Float.NEGATIVE_INFINITY);
      for (int b = 0; b < blocks; b++) {
        poolTile(x, b, positions, start, end, padding, pools, means, peaks);
      }
      for (int p = start; p < end; p++) {
        pools.positionMean[p] = PooledValues.finite(sum(means, (p - start) * LANES));
        pools.positionMax[p] = max(peaks, (p - start) * LANES);
      }
    }
  }

  private static void poolTile(
      ByteBuffer x,
      int b,
      int positions,
      int start,
      int end,
      float[] padding,
      PooledValues pools,
      float[] means,
      float[] peaks) {
    FloatVector gate = load(pools.gate, b);
    FloatVector share = gate.mul(pools.share);
    FloatVector missing = load(padding, b);
    FloatVector peak = load(pools.channelMax, b);
    for (int p = start; p < end; p++) {
      int i = (p - start) * LANES;
      FloatVector v = load(x, b, positions, p);
      peak = peak.max(v);
      FloatVector.fromArray(SPECIES, means, i).add(v.mul(share)).intoArray(means, i);
      FloatVector gated = v.mul(gate).add(missing);
      FloatVector.fromArray(SPECIES, peaks, i).max(gated).intoArray(peaks, i);
    }
    peak.intoArray(pools.channelMax, b * LANES);
  }

  @Override
  public void gate(ByteBuffer x, int blocks, int positions, Gates gates, ByteBuffer y) {
    for (int b = blocks - 1; b >= 0; b--) {
      if (gates.sum) {
        gateBySum(x, b, positions, gates.channel, gates.position, y);
      } else {
        gateByProduct(x, b, positions, gates.channel, gates.position, y);
      }
    }
  }

  private static void gateByProduct(
      ByteBuffer x, int b, int positions, float[] channel, float[] position, ByteBuffer y) {
    FloatVector g = load(channel, b);
    for (int p = 0; p < positions; p++) {
      FloatVector v = load(x, b, positions, p);
      v.mul(g.mul(position[p])).intoByteBuffer(y, (b * positions + p) * BYTES, ORDER);
    }
  }

  private static void gateBySum(
      ByteBuffer x, int b, int positions, float[] channel, float[] position, ByteBuffer y) {
    FloatVector g = load(channel, b);
    for (int p = 0; p < positions; p++) {
      FloatVector v = load(x, b, positions, p);
      v.mul(g.add(position[p])).intoByteBuffer(y, (b * positions + p) * BYTES, ORDER);
    }
  }

  @Override
  public void gateAndAdd(
      ByteBuffer x, int blocks, int positions, Gates gates, ByteBuffer residual, ByteBuffer y) {
    for (int b = blocks - 1; b >= 0; b--) {
      if (gates.sum) {
        gateBySumAndAdd(x, b, positions, gates.channel, gates.position, residual, y);
      } else {
        gateByProductAndAdd(x, b, positions, gates.channel, gates.position, residual, y);
      }
    }
  }

  private static void gateByProductAndAdd(
      ByteBuffer x,
      int b,
      int positions,
      float[] channel,
      float[] position,
      ByteBuffer residual,
      ByteBuffer y) {
    FloatVector g = load(channel, b);
    for (int p = 0; p < positions; p++) {
      FloatVector gated = load(x, b, positions, p).mul(g.mul(position[p]));
      gated
          .add(load(residual, b, positions, p))
          .max(0)
          .intoByteBuffer(y, (b * positions + p) * BYTES, ORDER);
    }
  }

  private static void gateBySumAndAdd(
      ByteBuffer x,
      int b,
      int positions,
      float[] channel,
      float[] position,
      ByteBuffer residual,
      ByteBuffer y) {
    FloatVector g = load(channel, b);
    for (int p = 0; p < positions; p++) {
      FloatVector gated = load(x, b, positions, p).mul(g.add(position[p]));
      gated
          .add(load(residual, b, positions, p))
          .max(0)
          .intoByteBuffer(y, (b * positions + p) * BYTES, ORDER);
    }
  }

  /**
   * Runs from the last block and position to the first, so that the first of equal maxima remains.
   */
  @Override
  public void collect(
      ByteBuffer x, ByteBuffer dy, int blocks, int positions, Gates gates, PooledValues pools) {
    TileBuffers buffers = TileBuffers.ofThread();
    float[] channelSums = buffers.channelSums(blocks * LANES);
    float[] channelMaxAt = buffers.channelMaxAt(blocks * LANES);
    Arrays.fill(pools.positionMaxAt, 0);
    for (int start = (positions - 1) / TILE * TILE; start >= 0; start -= TILE) {
      int end = Math.min(start + TILE, positions);
      Arrays.fill(buffers.sums, 0);
      for (int b = blocks - 1; b >= 0; b--) {
        collectTile(
            x,
            dy,
            b,
            positions,
            start,
            end,
            gates.channelFactor(),
            gates.positionFactor(),
            pools,
            buffers.sums,
            channelSums,
            channelMaxAt);
      }
      for (int p = start; p < end; p++) {
        gates.positionGradient[p] = sum(buffers.sums, (p - start) * LANES) / (double) pools.share;
      }
    }
    finish(channelSums, channelMaxAt, positions, gates, pools);
  }

  private static void collectTile(
      ByteBuffer x,
      ByteBuffer dy,
      int b,
      int positions,
      int start,
      int end,
      float[] channelFactor,
      float[] positionFactor,
      PooledValues pools,
      float[] sums,
      float[] channelSums,
      float[] channelMaxAt) {
    float share = 1f / positions; // scales first: the sum of large values would overflow
    FloatVector factor = load(channelFactor, b).mul(pools.share);
    FloatVector gate = load(pools.gate, b);
    FloatVector max = load(pools.channelMax, b);
    FloatVector maxAt = load(channelMaxAt, b);
    FloatVector sum = all(0);
    for (int p = end - 1; p >= start; p--) {
      int i = (p - start) * LANES;
      FloatVector v = load(x, b, positions, p);
      FloatVector change = v.mul(load(dy, b, positions, p));
      FloatVector.fromArray(SPECIES, sums, i).add(change.mul(factor)).intoArray(sums, i);
      sum = sum.add(change.mul(share * positionFactor[p]));
      maxAt = maxAt.blend((float) p, v.compare(VectorOperators.EQ, max));
      VectorMask<Float> peaks = v.mul(gate).compare(VectorOperators.EQ, pools.positionMax[p]);
      if (peaks.anyTrue()) {
        pools.positionMaxAt[p] = b * LANES + peaks.firstTrue();
      }
    }
    load(channelSums, b).add(sum).intoArray(channelSums, b * LANES);
    maxAt.intoArray(channelMaxAt, b * LANES);
  }

  @Override
  public void collectChannels(
      ByteBuffer x,
      ByteBuffer dy,
      int blocks,
      int positions,
      Gates gates,
      float[] m,
      PooledValues pools) {
    TileBuffers buffers = TileBuffers.ofThread();
    float[] sums = buffers.channelSums(blocks * LANES);
    float[] maxAt = buffers.channelMaxAt(blocks * LANES);
    for (int b = blocks - 1; b >= 0; b--) {
      collectBlock(x, dy, b, positions, gates.positionFactor(), m, pools.channelMax, sums, maxAt);
    }
    finish(sums, maxAt, positions, gates, pools);
  }

  private static void collectBlock(
      ByteBuffer x,
      ByteBuffer dy,
      int b,
      int positions,
      float[] positionFactor,
      float[] m,
      float[] channelMax,
      float[] channelSums,
      float[] channelMaxAt) {
    for (int start = (positions - 1) / TILE * TILE; start >= 0; start -= TILE) {
      collectBlockTile(
          x,
          dy,
          b,
          positions,
          start,
          Math.min(start + TILE, positions),
          positionFactor,
          m,
          channelMax,
          channelSums,
          channelMaxAt);
    }
  }

  private static void collectBlockTile(
      ByteBuffer x,
      ByteBuffer dy,
      int b,
      int positions,
      int start,
      int end,
      float[] positionFactor,
      float[] m,
      float[] channelMax,
      float[] channelSums,
      float[] channelMaxAt) {
    FloatVector share = all(1f / positions);
    FloatVector max = load(channelMax, b);
    FloatVector maxAt = load(channelMaxAt, b);
    FloatVector sum = all(0);
    for (int p = end - 1; p >= start; p--) {
      FloatVector v = load(x, b, positions, p);
      FloatVector upstream = load(dy, b, positions, p).mul(positionFactor[p]).add(m[p]);
      sum = sum.add(v.mul(upstream).mul(share));
      maxAt = maxAt.blend((float) p, v.compare(VectorOperators.EQ, max));
    }
    load(channelSums, b).add(sum).intoArray(channelSums, b * LANES);
    maxAt.intoArray(channelMaxAt, b * LANES);
  }

  private static void finish(
      float[] channelSums, float[] channelMaxAt, int positions, Gates gates, PooledValues pools) {
    for (int c = 0; c < gates.channelGradient.length; c++) {
      gates.channelGradient[c] = (double) positions * channelSums[c];
      pools.channelMaxAt[c] = (int) channelMaxAt[c];
    }
  }

  @Override
  public void spread(
      ByteBuffer dy,
      int blocks,
      int positions,
      Gates gates,
      float[] w,
      float[] m,
      float[] a,
      ByteBuffer dx) {
    for (int b = 0; b < blocks; b++) {
      if (gates.sum) {
        spreadBySum(dy, b, positions, gates.channel, gates.position, w, m, a, dx);
      } else {
        spreadByProduct(dy, b, positions, gates.channel, gates.position, w, m, a, dx);
      }
    }
  }

  private static void spreadByProduct(
      ByteBuffer dy,
      int b,
      int positions,
      float[] channel,
      float[] position,
      float[] w,
      float[] m,
      float[] a,
      ByteBuffer dx) {
    FloatVector g = load(channel, b);
    FloatVector weight = load(w, b);
    FloatVector addend = load(a, b);
    for (int p = 0; p < positions; p++) {
      FloatVector gated = load(dy, b, positions, p).mul(g.mul(position[p]));
      gated
          .add(weight.mul(m[p]).add(addend))
          .intoByteBuffer(dx, (b * positions + p) * BYTES, ORDER);
    }
  }

  private static void spreadBySum(
      ByteBuffer dy,
      int b,
      int positions,
      float[] channel,
      float[] position,
      float[] w,
      float[] m,
      float[] a,
      ByteBuffer dx) {
    FloatVector g = load(channel, b);
    FloatVector weight = load(w, b);
    FloatVector addend = load(a, b);
    for (int p = 0; p < positions; p++) {
      FloatVector gated = load(dy, b, positions, p).mul(g.add(position[p]));
      gated
          .add(weight.mul(m[p]).add(addend))
          .intoByteBuffer(dx, (b * positions + p) * BYTES, ORDER);
    }
  }

  private static float sum(float[] lanes, int from) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = from; i < from + LANES; i += 4) {
      s0 += lanes[i];
      s1 += lanes[i + 1];
      s2 += lanes[i + 2];
      s3 += lanes[i + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static float max(float[] lanes, int from) {
    float max = lanes[from];
    for (int i = from + 1; i < from + LANES; i++) {
      if (lanes[i] > max) {
        max = lanes[i];
      }
    }
    return max;
  }
}
