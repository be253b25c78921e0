package org.finegrain.config;

import java.util.Locale;

/**
 * How the selected network is scored. Keys under {@code evaluation}.
 *
 * @param testTimeAugmentation of the test split; validation always sees the centre alone
 */
public record EvaluationConfig(TestTimeAugmentation testTimeAugmentation) {
  static EvaluationConfig read(ConfigSection section) {
    return new EvaluationConfig(section.oneOf("test-time-augmentation", TestTimeAugmentation.NONE));
  }

  /** The views of a test image whose probabilities are averaged. */
  public enum TestTimeAugmentation {
    /** The centre. */
    NONE,
    /** The centre and its mirror image. */
    FLIP,
    /** The centre and the four corners, and their mirror images (Krizhevsky et al. 2012). */
    TEN_CROP;

    /** {@code none}, {@code flip} or {@code ten-crop}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
