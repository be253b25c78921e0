package org.finegrain.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens for the JPEG decoder's word of damaged image data; it goes on decoding and leaves grey or
 * smeared blocks. Warnings about markers and metadata are harmless.
 */
final class DamageListener implements IIOReadWarningListener {
  private String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // libjpeg's texts are fixed; bytes between two segments do no harm
    if (damage == null
        && warning.startsWith("Corrupt JPEG data")
        && !warning.contains("extraneous bytes")) {
      damage = warning;
    }
  }

  void check() {
    if (damage != null) {
      throw new ImageException("broken JPEG: " + damage);
    }
  }
}
