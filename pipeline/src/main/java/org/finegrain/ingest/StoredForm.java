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
 * The form in which an image is stored: its original bytes where the network may see all of them,
 * else a new JPEG file without the banner and not larger than asked for.
 *
 * @param bannerRows cut off at the bottom
 * @param shortSide larger images are reduced to it; 0 for none
 * @param maxPixels more are refused
 */
record StoredForm(int bannerRows, int shortSide, long maxPixels) implements Serializable {
  /** Hard to tell from the original, at a third of the size of quality 1. */
  private static final double QUALITY = 0.95;

  static StoredForm of(IngestConfig config, int bannerRows) {
    return new StoredForm(bannerRows, config.shortSide(), config.maxPixels());
  }

  /**
   * @param jpeg the encoded image; as in the original where nothing changed, so maybe PNG
   * @param scale pixels of the stored image for one of the original
   */
  record Stored(byte[] jpeg, int width, int height, double scale) {
    /** Returns the part of an original's box that the stored image shows; empty if it has none. */
    Optional<BoundingBox> box(BoundingBox box) {
      return box.scaled(scale).within(width, height);
    }
  }

  /**
   * @throws org.finegrain.image.ImageException if the file is broken
   */
  Stored of(byte[] file) {
    RgbImage image = Crop.withoutBottom(ImageDecoder.decode(file, maxPixels), bannerRows);
    int shorter = Math.min(image.width(), image.height());
    boolean reduced = shortSide > 0 && shorter > shortSide;
    if (reduced) {
      image = Resize.shortSide(image, shortSide);
    }
    double scale = reduced ? (double) shortSide / shorter : 1;
    byte[] jpeg = reduced || bannerRows > 0 ? ImageEncoder.jpeg(image, QUALITY) : file;
    return new Stored(jpeg, image.width(), image.height(), scale);
  }
}
