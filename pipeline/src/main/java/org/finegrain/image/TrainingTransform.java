package org.finegrain.image;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.finegrain.config.AugmentationConfig;

/**
 * The transform of an image for training: a random resized crop, a random horizontal flip and
 * normalisation. Only the random numbers decide the result.
 *
 * @param size the height and width of the result in pixels
 * @param crop the choice of the crop's box
 * @param flip the probability of the flip, from 0 to 1
 * @param normalisation the means and deviations of the channels
 */
public record TrainingTransform(
    int size, RandomResizedCrop crop, double flip, Normalisation normalisation)
    implements Serializable {
  /** Returns the transform with these settings. */
  public static TrainingTransform of(AugmentationConfig config) {
    return new TrainingTransform(
        config.imageSize(),
        new RandomResizedCrop(
            config.minScale(), config.maxScale(), config.minRatio(), config.maxRatio()),
        config.flip(),
        new Normalisation(config.mean(), config.std()));
  }

  /** Writes the network input (3,size,size) at {@code offset}. */
  public void apply(RgbImage image, SplittableRandom random, float[] out, int offset) {
    CropBox box = crop.box(image.height(), image.width(), random);
    apply(image, box, drawFlip(random), out, offset);
  }

  /**
   * Returns what {@link #apply} draws with the same random numbers as an image, which is not
   * normalised. It is for looking at and for storing.
   */
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
