package org.finegrain.attention;

import java.util.Locale;

/** The sizes of convolution kernels whose output is as long as their input. Such sizes are odd. */
public final class KernelSize {
  private static final int SMALLEST_ADAPTIVE = 3;

  private KernelSize() {}

  /**
   * Returns the size of the channel kernel for {@code k = auto}, which grows with the number of
   * channels C: {@code t = ⌊(log₂ C + 1) / 2⌋}, or the next odd number if t is even, and at least
   * 3. 64 channels give 3; 128 to 1024 give 5; 2048 give 7. Source: ECA-Net, Wang et al., arXiv
   * 1910.03151, as in its code.
   *
   * @throws IllegalArgumentException if {@code channels} is below 1
   */
  public static int adaptive(int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of channels: %d (must be at least 1)", channels));
    }
    int floorOfLog2 = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(channels);
    int t = (floorOfLog2 + 1) / 2;
    return Math.max(t | 1, SMALLEST_ADAPTIVE);
  }

  static void check(String name, int size) {
    if (size < 1 || size % 2 == 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must be odd and at least 1)", name, size));
    }
  }
}
