package org.finegrain.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.finegrain.parallel.ParallelLoop;

/**
 * The state of each image of a batch, which a kernel keeps from one pass to the next. Several
 * images are worked on at once, but sums over images are added in their order. So no result depends
 * on the number of threads.
 *
 * @param <S> the state of one image
 */
final class ImageStates<S> {
  private final int channels;
  private final ParallelLoop loop;
  private final Supplier<S> newState;
  private final List<S> states = new ArrayList<>();

  private FeatureMaps maps;

  ImageStates(int channels, ParallelLoop loop, Supplier<S> newState) {
    if (channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of channels: %d (must be at least 1)", channels));
    }
    this.channels = channels;
    this.loop = loop;
    this.newState = newState;
  }

  /** The work on one image. */
  interface Body<S> {
    void accept(int image, S state);
  }

  /**
   * Prepares for a forward pass from {@code x} to {@code y}.
   *
   * @param residual null for none
   * @throws IllegalArgumentException if the maps differ in shape or layout, or in their number of
   *     channels from the kernel
   */
  void prepare(FeatureMaps x, FeatureMaps residual, FeatureMaps y) {
    if (x.channels != channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid feature maps: %s (the attention module has %d channels)",
              x.layout(),
              channels));
    }
    x.requireLike(y);
    if (residual != null) {
      x.requireLike(residual);
    }
    maps = x;
    while (states.size() < x.images) {
      states.add(newState.get());
    }
  }

  /** Checks that all maps of a backward pass are like those of the last forward pass. */
  void require(FeatureMaps... others) {
    for (FeatureMaps other : others) {
      maps.requireLike(other);
    }
  }

  int positions() {
    return maps.positions;
  }

  int count() {
    return maps.images;
  }

  S get(int image) {
    return states.get(image);
  }

  ParallelLoop loop() {
    return loop;
  }

  void forEach(Body<S> body) {
    loop.forEach(maps.images, n -> body.accept(n, states.get(n)));
  }

  /** Adds the sum of {@code part} over all images to {@code sums}. */
  void addSums(Function<S, double[]> part, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int n = 0; n < maps.images; n++) {
        sum += part.apply(states.get(n))[i];
      }
      sums[i] += (float) sum;
    }
  }

  /**
   * Returns the first {@code size} elements of {@code part} of each image, one image after the
   * other.
   */
  float[] join(Function<S, float[]> part, int size) {
    float[] joined = new float[maps.images * size];
    for (int n = 0; n < maps.images; n++) {
      System.arraycopy(part.apply(states.get(n)), 0, joined, n * size, size);
    }
    return joined;
  }
}
