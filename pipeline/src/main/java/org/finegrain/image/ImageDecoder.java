package org.finegrain.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG and PNG files into RGB, as training pipelines do: samples are taken as they are.
 *
 * <p>EXIF orientation and colour profiles are ignored, grey is copied to three channels, alpha is
 * dropped, CMYK follows Adobe's convention (inverted inks). Everything else is refused.
 */
public final class ImageDecoder {
  /** What other decoders read ahead: they, too, find an image truncated with fewer behind it. */
  private static final int LOOKAHEAD_BYTES = 6;

  private ImageDecoder() {}

  /**
   * @param maxPixels images whose header promises more are refused before memory is taken for them
   * @throws ImageException with the reason, if the file is broken, truncated, too large or of
   *     another format
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
    if (bytes.exhausted() && !goesOnBehindItsImage(header)) {
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
   * Tells whether the image does not need the file's last bytes. Some cameras put data of their own
   * in the place of the end marker; the decoder looks for that marker until the file ends.
   */
  private static boolean goesOnBehindItsImage(JpegHeader header) {
    if (!header.sequential()) {
      return false; // only the end marker tells that no further scan is missing
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
      String what = bytes.exhausted() ? "truncated " : "broken ";
      throw new ImageException(what + format.toUpperCase(Locale.ROOT) + ": " + reason(e), e);
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
          String.format(Locale.ROOT, "image of %d × %d pixels", width, height));
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
