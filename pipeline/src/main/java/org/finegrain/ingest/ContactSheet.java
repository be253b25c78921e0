package org.finegrain.ingest;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.Resize;
import org.finegrain.image.RgbImage;

/**
 * A picture by which a user can judge an augmentation. Each row shows an image as it is stored, and
 * then what the network sees of it epoch by epoch, drawn from the network's input itself.
 */
final class ContactSheet {
  private static final int PAPER = 0xFFFFFF;
  private static final int INK = 0x202020;
  private static final int GAP = 6;

  /**
   * The smallest side of a shown input in pixels. Smaller inputs are enlarged by a whole factor.
   */
  private static final int MIN_CELL = 96;

  /** The largest side of a shown input in pixels. Larger inputs are reduced. */
  private static final int MAX_CELL = 160;

  private final AugmentationConfig config;
  private final LoadSample load;
  private final int epochs;
  private final int cell;
  private final PixelFont font = new PixelFont(2);

  ContactSheet(AugmentationConfig config, long seed, int epochs) {
    this.config = config;
    this.load = LoadSample.forTraining(config, seed);
    this.epochs = epochs;
    int size = config.imageSize();
    this.cell = size >= MIN_CELL ? Math.min(size, MAX_CELL) : size * ((MIN_CELL + size - 1) / size);
  }

  /** Writes the sheet as PNG. */
  void write(List<StoredSample> samples, OutputStream out) throws IOException {
    ImageIO.write(draw(samples), "png", out);
  }

  BufferedImage draw(List<StoredSample> samples) {
    int line = font.height() + GAP;
    BufferedImage sheet =
        new BufferedImage(
            GAP + originalWidth() + epochs * (cell + GAP) + GAP,
            GAP + line + samples.size() * (line + cell + GAP),
            BufferedImage.TYPE_INT_RGB);
    fill(sheet);
    font.draw(sheet, GAP, GAP, INK, "as stored");
    for (int epoch = 0; epoch < epochs; epoch++) {
      font.draw(sheet, left(epoch), GAP, INK, "epoch " + epoch);
    }
    int top = GAP + line;
    for (StoredSample sample : samples) {
      font.draw(sheet, GAP, top, INK, sample.className() + "  (" + sample.imageId() + ")");
      paste(sheet, fitted(sample), GAP, top + line);
      for (int epoch = 0; epoch < epochs; epoch++) {
        paste(sheet, seen(sample, epoch), left(epoch), top + line);
      }
      top += line + cell + GAP;
    }
    return sheet;
  }

  private int originalWidth() {
    return cell * 3 / 2;
  }

  private int left(int epoch) {
    return GAP + originalWidth() + GAP + epoch * (cell + GAP);
  }

  private RgbImage fitted(StoredSample sample) {
    RgbImage image = ImageDecoder.decode(sample.jpeg(), Integer.MAX_VALUE);
    double scale =
        Math.min((double) cell / image.height(), (double) originalWidth() / image.width());
    return Resize.to(
        image,
        Math.max(1, (int) Math.round(scale * image.height())),
        Math.max(1, (int) Math.round(scale * image.width())));
  }

  private RgbImage seen(StoredSample sample, int epoch) {
    int size = load.imageSize();
    float[] input = new float[3 * size * size];
    load.load(sample, epoch, input, 0);
    RgbImage image = denormalised(input, size);
    return size < cell ? enlarged(image, cell / size) : Resize.to(image, cell, cell);
  }

  private RgbImage denormalised(float[] input, int size) {
    byte[] pixels = new byte[input.length];
    List<Double> mean = config.mean();
    List<Double> std = config.std();
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < size * size; i++) {
        double value = input[channel * size * size + i] * std.get(channel) + mean.get(channel);
        pixels[3 * i + channel] = (byte) Math.max(0, Math.min(255, Math.round(255 * value)));
      }
    }
    return new RgbImage(size, size, pixels);
  }

  /** Returns the image with each pixel enlarged to a square, so that nothing is smoothed. */
  private static RgbImage enlarged(RgbImage image, int factor) {
    int width = image.width() * factor;
    byte[] pixels = new byte[3 * width * image.height() * factor];
    for (int i = 0; i < pixels.length / 3; i++) {
      int from = 3 * (i / width / factor * image.width() + i % width / factor);
      System.arraycopy(image.pixels(), from, pixels, 3 * i, 3);
    }
    return new RgbImage(width, image.height() * factor, pixels);
  }

  private static void fill(BufferedImage sheet) {
    int[] row = new int[sheet.getWidth()];
    Arrays.fill(row, PAPER);
    for (int y = 0; y < sheet.getHeight(); y++) {
      sheet.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
  }

  private static void paste(BufferedImage sheet, RgbImage image, int left, int top) {
    byte[] pixels = image.pixels();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int at = 3 * (y * image.width() + x);
        int rgb =
            (pixels[at] & 0xff) << 16 | (pixels[at + 1] & 0xff) << 8 | (pixels[at + 2] & 0xff);
        sheet.setRGB(left + x, top + y, rgb);
      }
    }
  }

  /** Returns the labels of at most {@code rows} classes, spread evenly over all classes. */
  static List<Integer> spread(int classes, int rows) {
    List<Integer> labels = new ArrayList<>();
    int count = Math.min(classes, rows);
    for (int i = 0; i < count; i++) {
      labels.add((int) ((long) i * classes / count));
    }
    return labels;
  }
}
