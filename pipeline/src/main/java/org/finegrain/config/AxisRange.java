package org.finegrain.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers between two ends, both included.
 *
 * @param from the first number
 * @param to the last number
 * @param steps how many numbers, evenly apart on the scale; 0 where numbers are only drawn
 * @param whole whether the numbers are whole, as those of a key that takes no others
 */
public record AxisRange(BigDecimal from, BigDecimal to, int steps, Scale scale, boolean whole) {
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  /** The spacing of numbers between the ends: equal differences, or equal ratios. */
  public enum Scale {
    LINEAR,
    LOG
  }

  /** Returns the number at {@code share} of the way, from 0 to 1, as given to {@code --set}. */
  public String at(double share) {
    double low = from.doubleValue();
    double high = to.doubleValue();
    double value =
        switch (scale) {
          case LINEAR -> low + share * (high - low);
          case LOG -> low * Math.pow(high / low, share);
        };
    BigDecimal rounded =
        whole
            ? new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN)
            : new BigDecimal(value).round(DIGITS);
    return Hocon.plain(rounded);
  }

  /** Returns the numbers, each once. */
  List<String> values() {
    return IntStream.range(0, steps)
        .mapToObj(i -> at((double) i / (steps - 1)))
        .distinct()
        .toList();
  }
}
