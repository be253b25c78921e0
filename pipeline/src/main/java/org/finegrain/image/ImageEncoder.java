package org.finegrain.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The encoder of images. The same image gives the same bytes. */
public final class ImageEncoder {
  private ImageEncoder() {}

  /**
   * Encodes an image as JPEG.
   *
   * @param quality from 0 to 1; at 0.95 the result is hard to distinguish from the original
   */
  public static byte[] jpeg(RgbImage image, double quality) {
    return encode("jpeg", buffered(image), quality);
  }

  /**
   * Encodes an image as JPEG. A grey image becomes a file of one component.
   *
   * @param quality from 0 to 1
   */
  public static byte[] jpeg(BufferedImage image, double quality) {
    return encode("jpeg", image, quality);
  }

  /** Encodes an image as PNG. */
  public static byte[] png(RgbImage image) {
    return encode("png", buffered(image), 1);
  }

  private static BufferedImage buffered(RgbImage image) {
    int width = image.width();
    int height = image.height();
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] pixels = image.pixels();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        row[x] =
            ((pixels[at] & 0xff) << 16) | ((pixels[at + 1] & 0xff) << 8) | (pixels[at + 2] & 0xff);
      }
      buffered.getRaster().setDataElements(0, y, width, 1, row);
    }
    return buffered;
  }

  private static byte[] encode(String format, BufferedImage image, double quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality((float) quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode an image in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
