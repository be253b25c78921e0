package org.finegrain.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the markers before the first scan of a JPEG file say (ITU-T T.81, annex B).
 *
 * @param components 1 grey, 3 colour, 4 CMYK or YCCK
 * @param adobeTransform of the Adobe marker: 0 none, 1 YCbCr, 2 YCCK; -1 without that marker
 * @param withoutProfile the file without its colour profiles
 */
record JpegHeader(
    int width, int height, int components, int adobeTransform, byte[] withoutProfile) {
  private static final int START_OF_IMAGE_BYTES = 2;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  static JpegHeader read(byte[] file) {
    int width = 0;
    int height = 0;
    int components = 0;
    int adobeTransform = -1;
    ByteArrayOutputStream kept = null;
    int keptUntil = 0;
    int at = START_OF_IMAGE_BYTES;
    while (true) {
      if (unsigned(file, at) != 0xFF) {
        throw new ImageException("broken JPEG: no marker at byte " + at);
      }
      int marker = unsigned(file, at + 1);
      if (marker == 0xFF) { // fill byte
        at++;
        continue;
      }
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        break;
      }
      int length = twoBytes(file, at + 2);
      int body = at + 4;
      int end = at + 2 + length;
      if (length < 2 || end > file.length) {
        throw new ImageException("truncated: the JPEG file ends inside its header");
      }
      if (isStartOfFrame(marker)) {
        int precision = unsigned(file, body);
        if (precision != 8) {
          throw new ImageException("JPEG of " + precision + " bits a sample; 8 can be read");
        }
        height = twoBytes(file, body + 1);
        width = twoBytes(file, body + 3);
        components = unsigned(file, body + 5);
      } else if (marker == APP14 && startsWith(file, body, ADOBE) && length >= 14) {
        adobeTransform = unsigned(file, body + 11);
      } else if (marker == APP2 && startsWith(file, body, PROFILE)) {
        // A profile would make ImageIO convert colours, slowly; training pipelines take samples
        // as they are.
        kept = kept == null ? new ByteArrayOutputStream(file.length) : kept;
        kept.write(file, keptUntil, at - keptUntil);
        keptUntil = end;
      }
      at = end;
    }
    if (components == 0) {
      throw new ImageException("broken JPEG: no frame before the first scan");
    }
    if (kept != null) {
      kept.write(file, keptUntil, file.length - keptUntil);
    }
    byte[] withoutProfile = kept == null ? file : kept.toByteArray();
    return new JpegHeader(width, height, components, adobeTransform, withoutProfile);
  }

  /** C0 to CF are frames, but for the tables C4 and CC and the reserved C8. */
  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean startsWith(byte[] file, int at, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (at + i >= file.length || file[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int twoBytes(byte[] file, int at) {
    return (unsigned(file, at) << 8) | unsigned(file, at + 1);
  }

  private static int unsigned(byte[] file, int at) {
    if (at >= file.length) {
      throw new ImageException("truncated: the JPEG file ends inside its header");
    }
    return file[at] & 0xff;
  }
}
