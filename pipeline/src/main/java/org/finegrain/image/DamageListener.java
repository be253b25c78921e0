package org.finegrain.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * A listener for the warnings in which the JPEG decoder reports damaged image data. The decoder
 * goes on after them and leaves grey or smeared blocks. Its warnings about markers and metadata are
 * harmless.
 */
final class DamageListener implements IIOReadWarningListener {
  private String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // libjpeg's texts are fixed; those of bytes between two segments are harmless
    if (damage == null
        && warning.startsWith("Corrupt JPEG data")
        && !warning.contains("extraneous bytes")) {
      damage = warning;
    }
  }

  /** Throws an exception if the decoder has reported damage. */
  void check() {
    if (damage != null) {
      throw new ImageException("broken JPEG: " + damage);
    }
  }
}
