package org.finegrain.config;

import java.util.Locale;

/**
 * The settings of the evaluation of the selected network. Keys under {@code evaluation}.
 *
 * @param testTimeAugmentation the views of each test image; validation always uses the centre alone
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

    /** Returns the name in a configuration, such as {@code ten-crop}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
