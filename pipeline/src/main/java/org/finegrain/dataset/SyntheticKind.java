package org.finegrain.dataset;

import java.util.List;
import java.util.Locale;

/**
 * The look of a class of a synthetic dataset. Two neighbouring classes have the same colour and
 * differ only in their pattern. The hues advance by the golden ratio, so that any number of them
 * stays distinct.
 *
 * @param name the name, such as {@code Barred Teal}
 * @param hue the hue of the body, from 0 to 1
 * @param pattern the pattern on the body
 * @param marks the number of bars, bands or spots
 */
record SyntheticKind(String name, double hue, Pattern pattern, int marks) {
  enum Pattern {
    PLAIN,
    BARRED,
    SPOTTED,
    BANDED
  }

  private static final double GOLDEN_RATIO = 0.618033988749895;
  private static final List<String> COLOURS =
      List.of("Red", "Orange", "Lime", "Green", "Teal", "Blue", "Violet", "Pink");

  static SyntheticKind of(int kind) {
    int colour = kind / 2;
    double hue = (colour * GOLDEN_RATIO) % 1;
    Pattern pattern = Pattern.values()[kind % Pattern.values().length];
    String word = pattern.name().charAt(0) + pattern.name().substring(1).toLowerCase(Locale.ROOT);
    String name = word + " " + COLOURS.get((int) (hue * COLOURS.size()));
    return new SyntheticKind(name, hue, pattern, 3 + kind / 8 % 3);
  }
}
