package org.finegrain.loss;

import java.util.Arrays;
import java.util.Locale;

/**
 * The sizes of the contiguous groups of channels that CC-Loss gives to the classes, in label order.
 */
public final class GroupSizes {
  private GroupSizes() {}

  /**
   * Divides all channels of a feature map among the classes as evenly as possible. With {@code
   * channels = q·classes + r}, the first {@code classes − r} classes get q channels, and the last r
   * classes get q + 1.
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
   * Gives {@code eta} channels to each class. The feature map has {@code classes·eta} channels, to
   * which a 1×1 convolution has projected it.
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
