package org.finegrain.attention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes of {@link FeatureMaps} over the memory of one image, in blocks that have as many
 * channels as a vector has lanes. Each method computes what the method of that name in {@link
 * FeatureMaps} says.
 */
interface BlockPasses {
  /**
   * Returns the passes for blocks of 8 or 16 channels: a copy of {@link BlockLoops}, which is
   * loaded once for each size. The JVM's compiler makes vector instructions only where the vector
   * species is a constant of the class. Otherwise it boxes each vector.
   *
   * @throws IllegalArgumentException if blocks have another size
   */
  static BlockPasses of(int block) {
    return switch (block) {
      case 8 -> Loops8.PASSES;
      case 16 -> Loops16.PASSES;
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "Invalid size of blocks: %d channels (must be 8 or 16)", block));
    };
  }

  /** The passes for blocks of 8 channels, loaded when they are first used. */
  final class Loops8 {
    static final BlockPasses PASSES = load(FloatVector.SPECIES_256);

    private Loops8() {}
  }

  /** The passes for blocks of 16 channels, loaded when they are first used. */
  final class Loops16 {
    static final BlockPasses PASSES = load(FloatVector.SPECIES_512);

    private Loops16() {}
  }

  private static BlockPasses load(VectorSpecies<Float> species) {
    try (InputStream file = BlockLoops.class.getResourceAsStream("BlockLoops.class")) {
      return (BlockPasses)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(file.readAllBytes(), species, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read BlockLoops.class", e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot load the passes for " + species, e);
    }
  }

  void poolChannels(ByteBuffer x, int blocks, int positions, PooledValues pools);

  /**
   * Writes the maximum of each channel, and the mean and maximum over the channels at each
   * position.
   *
   * @param padding 0 for each channel that exists, −∞ for those that fill the last block
   */
  void pool(ByteBuffer x, int blocks, int positions, float[] padding, PooledValues pools);

  void gate(ByteBuffer x, int blocks, int positions, Gates gates, ByteBuffer y);

  void gateAndAdd(
      ByteBuffer x, int blocks, int positions, Gates gates, ByteBuffer residual, ByteBuffer y);

  void collect(
      ByteBuffer x, ByteBuffer dy, int blocks, int positions, Gates gates, PooledValues pools);

  void collectChannels(
      ByteBuffer x,
      ByteBuffer dy,
      int blocks,
      int positions,
      Gates gates,
      float[] m,
      PooledValues pools);

  void spread(
      ByteBuffer dy,
      int blocks,
      int positions,
      Gates gates,
      float[] w,
      float[] m,
      float[] a,
      ByteBuffer dx);
}
