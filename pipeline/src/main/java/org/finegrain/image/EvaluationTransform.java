package org.finegrain.image;

import java.io.Serializable;
import java.util.Locale;
import org.finegrain.config.AugmentationConfig;

/**
 * The transform of an image for validation and test. It resizes the shorter side to a fixed length,
 * cuts out the centre or another view, and normalises. Nothing is random.
 *
 * @param size the height and width of the result in pixels
 * @param shortSide the length of the shorter side in pixels, before the view is cut out
 * @param normalisation the means and deviations of the channels
 */
public record EvaluationTransform(int size, int shortSide, Normalisation normalisation)
    implements Serializable {
  /**
   * Checks that the view fits into the resized image.
   *
   * @throws IllegalArgumentException if {@code size} exceeds {@code shortSide}
   */
  public EvaluationTransform {
    if (size > shortSide) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot cut %d pixels out of a short side of %d: augmentation.evaluation-short-side must"
                  + " be at least augmentation.image-size",
              size,
              shortSide));
    }
  }

  /** Returns the transform with these settings. */
  public static EvaluationTransform of(AugmentationConfig config) {
    return new EvaluationTransform(
        config.imageSize(),
        config.evaluationShortSide(),
        new Normalisation(config.mean(), config.std()));
  }

  /** Writes the centre of the image as network input (3,size,size) at {@code offset}. */
  public void apply(RgbImage image, float[] out, int offset) {
    apply(image, EvaluationView.CENTRE, out, offset);
  }

  /** Writes a view of the image as network input (3,size,size) at {@code offset}. */
  public void apply(RgbImage image, EvaluationView view, float[] out, int offset) {
    int height = Resize.shortSideHeight(image.height(), image.width(), shortSide);
    int width = Resize.shortSideHeight(image.width(), image.height(), shortSide);
    CropBox box = view.place().box(height, width, size);
    Resize.RowSink sink = normalisation.into(out, offset, size, size, view.mirrored());
    Resize.window(image, CropBox.ofImage(image), height, width, box, sink);
  }
}
