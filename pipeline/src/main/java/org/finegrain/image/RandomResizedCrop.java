package org.finegrain.image;

import java.io.Serializable;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The choice of the box of a random resized crop. The box has a uniform random area and a
 * log-uniform ratio of its sides. If ten attempts give no box within the image, it is the largest
 * centred box whose ratio is allowed. Source: torchvision.
 *
 * @param minScale the smallest area, as a fraction of the image
 * @param maxScale the largest area, as a fraction of the image
 * @param minRatio the smallest width/height
 * @param maxRatio the largest width/height
 */
public record RandomResizedCrop(double minScale, double maxScale, double minRatio, double maxRatio)
    implements Serializable {
  private static final int ATTEMPTS = 10;

  /** Draws a box within an image of this size. */
  public CropBox box(int height, int width, SplittableRandom random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<CropBox> box =
          attempt(
              height,
              width,
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble());
      if (box.isPresent()) {
        return box.get();
      }
    }
    return largest(height, width);
  }

  /**
   * Returns the box that these random numbers choose.
   *
   * @param draws (attempts, 4) uniform numbers in [0,1): area, ratio, top, left
   */
  CropBox box(int height, int width, double[][] draws) {
    for (int attempt = 0; attempt < Math.min(ATTEMPTS, draws.length); attempt++) {
      double[] draw = draws[attempt];
      Optional<CropBox> box = attempt(height, width, draw[0], draw[1], draw[2], draw[3]);
      if (box.isPresent()) {
        return box.get();
      }
    }
    return largest(height, width);
  }

  private Optional<CropBox> attempt(
      int height, int width, double area, double ratio, double top, double left) {
    double pixels = (double) height * width * (minScale + area * (maxScale - minScale));
    double aspect =
        Math.exp(Math.log(minRatio) + ratio * (Math.log(maxRatio) - Math.log(minRatio)));
    int boxWidth = (int) Math.rint(Math.sqrt(pixels * aspect));
    int boxHeight = (int) Math.rint(Math.sqrt(pixels / aspect));
    if (boxWidth < 1 || boxWidth > width || boxHeight < 1 || boxHeight > height) {
      return Optional.empty();
    }
    return Optional.of(
        new CropBox(
            (int) (top * (height - boxHeight + 1)),
            (int) (left * (width - boxWidth + 1)),
            boxHeight,
            boxWidth));
  }

  private CropBox largest(int height, int width) {
    int boxHeight = height;
    int boxWidth = width;
    if ((double) width / height < minRatio) {
      boxHeight = (int) Math.rint(width / minRatio);
    } else if ((double) width / height > maxRatio) {
      boxWidth = (int) Math.rint(height * maxRatio);
    }
    return new CropBox((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
  }
}
