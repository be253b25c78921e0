package org.finegrain.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.finegrain.parallel.ParallelLoop;

/**
 * What a kernel keeps of each image of a batch from one pass to the next. Images are worked on at
 * once; what is summed over them is summed in their order, so that no result depends on the number
 * of threads.
 */
final class ImageStates<S> {
  private final int channels;
  private final ParallelLoop loop;
  private final Supplier<S> make;
  private final List<S> states = new ArrayList<>();

  private FeatureMaps maps;

  ImageStates(int channels, ParallelLoop loop, Supplier<S> make) {
    if (channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of channels: %d (must be at least 1)", channels));
    }
    this.channels = channels;
    this.loop = loop;
    this.make = make;
  }

  /** What works on one image. */
  interface Body<S> {
    void accept(int image, S state);
  }

  /**
   * Before a forward pass from {@code x} to {@code y}.
   *
   * @param residual null for none
   */
  void prepare(FeatureMaps x, FeatureMaps residual, FeatureMaps y) {
    if (x.channels != channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Feature maps %s given to attention over %d channels",
              x.layout(),
              channels));
    }
    x.requireLike(y);
    if (residual != null) {
      x.requireLike(residual);
    }
    maps = x;
    while (states.size() < x.images) {
      states.add(make.get());
    }
  }

  /** Before a backward pass: all must be like the maps of the forward pass. */
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

  /** Adds {@code part} of all images to {@code sums}. */
  void addSums(Function<S, double[]> part, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int n = 0; n < maps.images; n++) {
        sum += part.apply(states.get(n))[i];
      }
      sums[i] += (float) sum;
    }
  }

  /** The first {@code size} elements of {@code part} of each image. */
  float[] join(Function<S, float[]> part, int size) {
    float[] joined = new float[maps.images * size];
    for (int n = 0; n < maps.images; n++) {
      System.arraycopy(part.apply(states.get(n)), 0, joined, n * size, size);
    }
    return joined;
  }
}
