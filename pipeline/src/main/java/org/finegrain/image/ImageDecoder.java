package org.finegrain.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * The decoder of JPEG and PNG files into RGB. It takes the stored levels as they are, as training
 * pipelines usually do.
 *
 * <p>EXIF orientation and colour profiles are ignored, grey is copied to three channels, alpha is
 * dropped, and CMYK follows Adobe's convention (inverted inks). Every other format is refused.
 */
public final class ImageDecoder {
  /**
   * The number of bytes that other decoders read ahead. They, too, call an image truncated that has
   * fewer bytes behind it.
   */
  private static final int LOOKAHEAD_BYTES = 6;

  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @param maxPixels the largest number of pixels; an image whose header states more is refused
   *     before memory is allocated for it
   * @throws ImageException if the file is broken, truncated, too large or of another format; the
   *     message is the reason
   */
  public static RgbImage decode(byte[] file, long maxPixels) {
    if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
      return decodeJpeg(file, maxPixels);
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return decodePng(file, maxPixels);
    }
    throw new ImageException(ForeignFile.describe(file));
  }

  private static RgbImage decodeJpeg(byte[] file, long maxPixels) {
    JpegHeader header = JpegHeader.read(file);
    checkSize(header.width(), header.height(), maxPixels);
    EncodedBytes bytes = new EncodedBytes(header.decodable());
    RgbImage image = readJpeg(bytes, header.colour());
    if (bytes.exhausted() && !continuesBehindItsImage(header)) {
      throw new ImageException("truncated: the JPEG file ends before its image does");
    }
    return image;
  }

  private static RgbImage readJpeg(EncodedBytes bytes, JpegColour colour) {
    return read(
        "jpeg",
        bytes,
        reader ->
            switch (colour) {
              case GREY, RGB, YCBCR -> DecodedPixels.toRgb(reader.read(0));
              // as stored: read() knows no CMYK
              case CMYK, YCCK -> Cmyk.toRgb(reader.readRaster(0, null), colour);
            });
  }

  /**
   * Returns whether the file has bytes that the image does not need. Some cameras write data of
   * their own instead of the end marker, and the decoder searches for that marker until the file
   * ends.
   */
  private static boolean continuesBehindItsImage(JpegHeader header) {
    if (!header.sequential()) {
      return false; // only the end marker shows that no further scan is missing
    }
    try {
      readJpeg(new EncodedBytes(header.decodableWithoutLast(LOOKAHEAD_BYTES)), header.colour());
      return true;
    } catch (ImageException e) {
      return false;
    }
  }

  private static RgbImage decodePng(byte[] file, long maxPixels) {
    return read(
        "png",
        new EncodedBytes(file),
        reader -> {
          checkSize(reader.getWidth(0), reader.getHeight(0), maxPixels);
          BufferedImage image = reader.read(0);
          return DecodedPixels.toRgb(image);
        });
  }

  @FunctionalInterface
  private interface Reading {
    RgbImage read(ImageReader reader) throws IOException;
  }

  private static RgbImage read(String format, EncodedBytes bytes, Reading reading) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    DamageListener damage = new DamageListener();
    try {
      reader.addIIOReadWarningListener(damage);
      reader.setInput(bytes, true, true);
      RgbImage image = reading.read(reader);
      damage.check();
      return image;
    } catch (ImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // ImageIO throws both at broken files
      String fault = bytes.exhausted() ? "truncated " : "broken ";
      throw new ImageException(fault + format.toUpperCase(Locale.ROOT) + ": " + reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void checkSize(int width, int height, long maxPixels) {
    if (width < 1 || height < 1) {
      throw new ImageException(
          String.format(Locale.ROOT, "empty image of %d × %d pixels", width, height));
    }
    if ((long) width * height > maxPixels || (long) width * height > Integer.MAX_VALUE / 4) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "image of %d × %d pixels; at most %d are allowed",
              width,
              height,
              maxPixels));
    }
  }

  private static boolean startsWith(byte[] file, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= file.length || (file[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
