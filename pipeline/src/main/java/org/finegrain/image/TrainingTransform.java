package org.finegrain.image;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.finegrain.config.AugmentationConfig;

/**
 * What training does to an image: random resized crop, random horizontal flip, normalisation. The
 * random numbers alone decide what is drawn.
 *
 * @param size height and width of the result, in pixels
 * @param flip probability of the flip
 */
public record TrainingTransform(
    int size, RandomResizedCrop crop, double flip, Normalisation normalisation)
    implements Serializable {
  public static TrainingTransform of(AugmentationConfig config) {
    return new TrainingTransform(
        config.imageSize(),
        new RandomResizedCrop(
            config.minScale(), config.maxScale(), config.minRatio(), config.maxRatio()),
        config.flip(),
        new Normalisation(config.mean(), config.std()));
  }

  /** Writes the (3,size,size) network input at {@code offset}. */
  public void apply(RgbImage image, SplittableRandom random, float[] out, int offset) {
    CropBox box = crop.box(image.height(), image.width(), random);
    apply(image, box, drawFlip(random), out, offset);
  }

  /** The same draw as {@link #apply}, as an image to look at or to store: not normalised. */
  public RgbImage variant(RgbImage image, SplittableRandom random) {
    CropBox box = crop.box(image.height(), image.width(), random);
    byte[] pixels = new byte[3 * size * size];
    Resize.window(image, box, size, size, window(), Resize.rounding(pixels, size));
    RgbImage variant = new RgbImage(size, size, pixels);
    return drawFlip(random) ? Flip.horizontal(variant) : variant;
  }

  void apply(RgbImage image, CropBox box, boolean flipped, float[] out, int offset) {
    Resize.RowSink sink = normalisation.into(out, offset, size, size, flipped);
    Resize.window(image, box, size, size, window(), sink);
  }

  private boolean drawFlip(SplittableRandom random) {
    return random.nextDouble() < flip;
  }

  private CropBox window() {
    return new CropBox(0, 0, size, size);
  }
}
