package org.finegrain.dataset;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A drawn picture in the place of a photograph: a subject before a random background, with the box
 * around it. It has no text, since a server may have no fonts.
 */
record SyntheticPicture(BufferedImage image, BoundingBox box) {
  private static final float QUALITY = 0.92f;

  static {
    System.setProperty("java.awt.headless", "true"); // drawing into memory needs no display
  }

  /**
   * Draws a picture.
   *
   * @param size the approximate length of the shorter side in pixels
   */
  static SyntheticPicture draw(
      Silhouette silhouette, SyntheticKind kind, int size, SplittableRandom random) {
    int width = (int) (size * (1 + 0.4 * random.nextDouble()));
    int height = (int) (size * (1 + 0.15 * random.nextDouble()));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawBackground(graphics, width, height, random);
    AffineTransform pose = pose(width, height, random);
    Shape outline = silhouette.outline();
    drawSubject(graphics, pose, outline, kind, random);
    graphics.dispose();
    addNoise(image, random);
    Rectangle2D bounds =
        pose.createTransformedShape(outline)
            .getBounds2D()
            .createIntersection(new Rectangle2D.Double(0, 0, width, height));
    double left = Math.floor(bounds.getMinX());
    double top = Math.floor(bounds.getMinY());
    BoundingBox box =
        new BoundingBox(
            left, top, Math.ceil(bounds.getMaxX()) - left, Math.ceil(bounds.getMaxY()) - top);
    return new SyntheticPicture(image, box);
  }

  private static void drawBackground(
      Graphics2D graphics, int width, int height, SplittableRandom random) {
    Color above = colour(random.nextDouble(), 0.3 * random.nextDouble(), between(random, 0.3, 0.9));
    Color below = colour(random.nextDouble(), 0.3 * random.nextDouble(), between(random, 0.2, 0.8));
    graphics.setPaint(new GradientPaint(0, 0, above, 0, height, below));
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < 14; i++) {
      Color colour =
          colour(random.nextDouble(), 0.5 * random.nextDouble(), between(random, 0.2, 0.9));
      int alpha = (int) between(random, 40, 140);
      graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
      double diameter = between(random, 0.05, 0.35) * width;
      graphics.fill(
          new Ellipse2D.Double(
              between(random, -0.1, 1) * width,
              between(random, -0.1, 1) * height,
              diameter,
              between(random, 0.4, 1) * diameter));
    }
  }

  /** Returns a random pose: near the middle, tilted, looking left or right. */
  private static AffineTransform pose(int width, int height, SplittableRandom random) {
    AffineTransform pose = new AffineTransform();
    pose.translate(width * between(random, 0.42, 0.58), height * between(random, 0.42, 0.58));
    pose.rotate(Math.toRadians(between(random, -20, 20)));
    double scale = Math.min(width, height) * between(random, 0.3, 0.46);
    pose.scale(random.nextBoolean() ? scale : -scale, scale);
    return pose;
  }

  private static void drawSubject(
      Graphics2D graphics,
      AffineTransform pose,
      Shape outline,
      SyntheticKind kind,
      SplittableRandom random) {
    double light = between(random, 0.55, 0.95);
    double hue = kind.hue() + between(random, -0.04, 0.04);
    graphics.setColor(colour(hue, between(random, 0.55, 0.85), light));
    graphics.fill(pose.createTransformedShape(outline));
    graphics.setColor(colour(hue + 0.5, 0.3, light > 0.75 ? light - 0.55 : light + 0.4));
    AffineTransform unposed = graphics.getTransform();
    graphics.clip(pose.createTransformedShape(outline));
    graphics.transform(pose);
    drawPattern(graphics, kind);
    graphics.setColor(Color.BLACK);
    graphics.fill(new Ellipse2D.Double(0.48, -0.52, 0.1, 0.1)); // an eye, at the place of a head
    graphics.setClip(null);
    graphics.setTransform(unposed);
  }

  private static void drawPattern(Graphics2D graphics, SyntheticKind kind) {
    double step = 2.0 / kind.marks();
    switch (kind.pattern()) {
      case PLAIN -> {}
      case BARRED -> {
        for (double x = -1 + step / 4; x < 1; x += step / 2) {
          graphics.fill(new Rectangle2D.Double(x, -1, step / 5, 2));
        }
      }
      case BANDED -> {
        for (double y = -1 + step / 4; y < 1; y += step / 2) {
          graphics.fill(new Rectangle2D.Double(-1, y, 2, step / 5));
        }
      }
      case SPOTTED -> {
        for (double x = -1; x < 1; x += step / 2) {
          for (double y = -1; y < 1; y += step / 2) {
            graphics.fill(new Ellipse2D.Double(x, y, step / 4, step / 4));
          }
        }
      }
    }
  }

  /** Adds noise of a few levels, like that of a camera's sensor. */
  private static void addNoise(BufferedImage image, SplittableRandom random) {
    WritableRaster raster = image.getRaster();
    int[] row = new int[3 * image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(0, Math.min(255, row[i] + random.nextInt(-8, 9)));
      }
      raster.setPixels(0, y, image.getWidth(), 1, row);
    }
  }

  /**
   * Returns the picture with {@code rows} magenta rows at the bottom. A banner that was not cut off
   * is then easily seen.
   */
  SyntheticPicture withBanner(int rows) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage longer = new BufferedImage(width, height + rows, BufferedImage.TYPE_INT_RGB);
    longer.getRaster().setRect(image.getRaster());
    for (int y = height; y < height + rows; y++) {
      for (int x = 0; x < width; x++) {
        longer.setRGB(x, y, 0xFF00FF);
      }
    }
    return new SyntheticPicture(longer, box);
  }

  /**
   * Returns the picture in grey, with one component in the file. Real datasets hold a few such
   * images.
   */
  SyntheticPicture grey() {
    int width = image.getWidth();
    BufferedImage grey = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    int[] rgb = new int[3];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().getPixel(x, y, rgb);
        grey.getRaster().setSample(x, y, 0, (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000);
      }
    }
    return new SyntheticPicture(grey, box);
  }

  byte[] jpeg() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static Color colour(double hue, double saturation, double brightness) {
    return Color.getHSBColor((float) hue, (float) saturation, (float) Math.min(1, brightness));
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
