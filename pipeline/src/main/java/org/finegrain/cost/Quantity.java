package org.finegrain.cost;

import java.time.Duration;
import java.util.Locale;
import org.finegrain.train.DurationText;

/** Numbers with their units, as a reader wants them. */
final class Quantity {
  private static final String[] BYTES = {"kB", "MB", "GB", "TB", "PB"};

  private Quantity() {}

  /** Returns a count, such as {@code 12,960,000}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a count with its noun, such as {@code 1 trial} or {@code 2 trials}. */
  static String counted(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Returns a size in powers of 1000, such as {@code 6.8 GB}. */
  static String bytes(long bytes) {
    double size = bytes / 1e3;
    int unit = 0;
    while (size >= 999.95 && unit < BYTES.length - 1) {
      size /= 1e3;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, BYTES[unit]);
  }

  /** Returns a duration in its two largest units, such as {@code 18 d 3 h} or {@code 9 s}. */
  static String duration(double seconds) {
    return DurationText.of(Duration.ofSeconds(Math.round(seconds)));
  }

  /** Returns hours with as many digits as a reader can use. */
  static String hours(double seconds) {
    double hours = seconds / 3600;
    return String.format(Locale.ROOT, hours < 1 ? "%.3f" : hours < 100 ? "%.1f" : "%,.0f", hours);
  }

  /** Returns the rate of images that take so long each, such as {@code 11.3 img/s}. */
  static String rate(double secondsPerImage) {
    return String.format(Locale.ROOT, "%.1f img/s", 1 / secondsPerImage);
  }
}
