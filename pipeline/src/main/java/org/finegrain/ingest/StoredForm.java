package org.finegrain.ingest;

import java.io.Serializable;
import java.util.Optional;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.BoundingBox;
import org.finegrain.image.Crop;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.ImageEncoder;
import org.finegrain.image.Resize;
import org.finegrain.image.RgbImage;

/**
 * The form in which images are stored. An image keeps its original bytes, unless it has a banner or
 * is larger than wanted. It then becomes a new JPEG file.
 *
 * @param bannerRows the number of rows that are cut off at the bottom
 * @param shortSide the length in pixels to which the shorter side of larger images is reduced; 0
 *     for no reduction
 * @param maxPixels the largest number of pixels; a larger image is refused
 */
record StoredForm(int bannerRows, int shortSide, long maxPixels) implements Serializable {
  /**
   * The quality of new JPEG files. The result is hard to distinguish from the original, at a third
   * of the size of quality 1.
   */
  private static final double QUALITY = 0.95;

  static StoredForm of(IngestConfig config, int bannerRows) {
    return new StoredForm(bannerRows, config.shortSide(), config.maxPixels());
  }

  /**
   * An image in its stored form.
   *
   * @param jpeg the encoded image; the original bytes if nothing changed, which may be PNG
   * @param scale the pixels of the stored image for one pixel of the original
   */
  record StoredImage(byte[] jpeg, int width, int height, double scale) {
    /** Returns the part of the original's box that the stored image shows, if there is one. */
    Optional<BoundingBox> box(BoundingBox box) {
      return box.scaled(scale).within(width, height);
    }
  }

  /**
   * Returns the stored form of an image file.
   *
   * @throws org.finegrain.image.ImageException if the file is broken
   */
  StoredImage of(byte[] file) {
    RgbImage image = Crop.withoutBottom(ImageDecoder.decode(file, maxPixels), bannerRows);
    int shorter = Math.min(image.width(), image.height());
    boolean reduced = shortSide > 0 && shorter > shortSide;
    if (reduced) {
      image = Resize.shortSide(image, shortSide);
    }
    double scale = reduced ? (double) shortSide / shorter : 1;
    byte[] jpeg = reduced || bannerRows > 0 ? ImageEncoder.jpeg(image, QUALITY) : file;
    return new StoredImage(jpeg, image.width(), image.height(), scale);
  }
}
