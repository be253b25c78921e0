package org.finegrain.loss;

import java.util.Arrays;
import java.util.Locale;

/** Sizes of the contiguous groups of channels that CC-Loss gives to the classes, in their order. */
public final class GroupSizes {
  private GroupSizes() {}

  /**
   * All channels of a feature map, shared out as evenly as they go: with {@code channels =
   * q·classes + r} the first {@code classes − r} classes get q channels, the last r get q + 1.
   *
   * @throws IllegalArgumentException if there are fewer channels than classes
   */
  public static int[] uneven(int channels, int classes) {
    checkClasses(classes);
    if (channels < classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot share %d channels among %d classes: the uneven grouping needs a channel for each"
                  + " class; set loss.eta to project the feature map to more channels",
              channels,
              classes));
    }
    int[] sizes = new int[classes];
    int larger = channels % classes;
    Arrays.fill(sizes, 0, classes - larger, channels / classes);
    Arrays.fill(sizes, classes - larger, classes, channels / classes + 1);
    return sizes;
  }

  /**
   * {@code eta} channels for each class, of a feature map that a 1×1 convolution has projected to
   * {@code classes·eta} channels.
   *
   * @throws IllegalArgumentException if {@code eta} is below 1
   */
  public static int[] projected(int classes, int eta) {
    checkClasses(classes);
    if (eta < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid loss.eta: %d channels for each class (must be at least 1)",
              eta));
    }
    int[] sizes = new int[classes];
    Arrays.fill(sizes, eta);
    return sizes;
  }

  private static void checkClasses(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of classes: %d (must be at least 1)", classes));
    }
  }
}
