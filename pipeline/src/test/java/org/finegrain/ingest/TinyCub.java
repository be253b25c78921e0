package org.finegrain.ingest;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finegrain.image.ImageEncoder;

/** A small dataset in the layout of CUB-200-2011, whose images a test can damage. */
public final class TinyCub {
  public final Path root;
  private final List<String> images = new ArrayList<>();

  private TinyCub(Path root) {
    this.root = root;
  }

  /** Writes a dataset of two classes. Every second image of a class is a test image. */
  public static TinyCub write(Path root, int imagesPerClass) throws IOException {
    TinyCub cub = new TinyCub(root);
    List<String> labels = new ArrayList<>();
    List<String> splits = new ArrayList<>();
    List<String> boxes = new ArrayList<>();
    Files.createDirectories(root.resolve("images"));
    for (int i = 0; i < 2 * imagesPerClass; i++) {
      int id = i + 1;
      int label = i % 2 + 1;
      String path = String.format(Locale.ROOT, "00%d.Bird/bird_%04d.jpg", label, id);
      cub.images.add(path);
      labels.add(id + " " + label);
      splits.add(id + " " + (i / 2 % 2 == 0 ? 1 : 0));
      boxes.add(id + " 4.0 2.0 20.0 10.0");
      Files.createDirectories(cub.image(i).getParent());
      Files.write(cub.image(i), jpeg(48 + i % 7, 32, i));
    }
    list(root, "classes.txt", List.of("1 001.Bird", "2 002.Bird"));
    list(root, "image_class_labels.txt", labels);
    list(root, "train_test_split.txt", splits);
    list(root, "bounding_boxes.txt", boxes);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < cub.images.size(); i++) {
      rows.add((i + 1) + " " + cub.images.get(i));
    }
    list(root, "images.txt", rows);
    return cub;
  }

  /** Returns the file of the image that is listed in row {@code index} (from 0). */
  Path image(int index) {
    return root.resolve("images").resolve(images.get(index));
  }

  String path(int index) {
    return "images/" + images.get(index);
  }

  private static void list(Path root, String name, List<String> rows) throws IOException {
    Files.write(root.resolve(name), rows);
  }

  static byte[] jpeg(int width, int height, int hue) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = Color.HSBtoRGB(hue / 17f, 0.6f, (float) (x + y) / (width + height));
        image.setRGB(x, y, rgb);
      }
    }
    return ImageEncoder.jpeg(image, 0.9);
  }
}
