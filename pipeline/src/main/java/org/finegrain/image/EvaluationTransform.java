package org.finegrain.image;

import java.io.Serializable;
import java.util.Locale;
import org.finegrain.config.AugmentationConfig;

/**
 * What validation and test do to an image: the shorter side to a fixed length, the centre of it or
 * another view, normalisation. Nothing is random.
 *
 * @param size height and width of the result, in pixels
 * @param shortSide length of the shorter side before the view is cut out, in pixels
 */
public record EvaluationTransform(int size, int shortSide, Normalisation normalisation)
    implements Serializable {
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

  public static EvaluationTransform of(AugmentationConfig config) {
    return new EvaluationTransform(
        config.imageSize(),
        config.evaluationShortSide(),
        new Normalisation(config.mean(), config.std()));
  }

  /** Writes the (3,size,size) network input at {@code offset}: the centre. */
  public void apply(RgbImage image, float[] out, int offset) {
    apply(image, EvaluationView.CENTRE, out, offset);
  }

  /** Writes {@code view} of the image as (3,size,size) network input at {@code offset}. */
  public void apply(RgbImage image, EvaluationView view, float[] out, int offset) {
    int height = Resize.shortSideHeight(image.height(), image.width(), shortSide);
    int width = Resize.shortSideHeight(image.width(), image.height(), shortSide);
    CropBox box = view.place().box(height, width, size);
    Resize.RowSink sink = normalisation.into(out, offset, size, size, view.mirrored());
    Resize.window(image, CropBox.ofImage(image), height, width, box, sink);
  }
}
