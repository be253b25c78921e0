package org.finegrain.train;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.IngestConfig;
import org.finegrain.ingest.IngestAction;
import org.finegrain.ingest.IngestRequest;

/**
 * A dataset in the layout of CUB-200-2011 that a network learns within seconds: three classes of
 * coloured noise, 16 train and 5 test images each.
 */
public final class TinyDataset {
  private static final int CLASSES = 3;
  private static final int TRAIN = 16;
  private static final int TEST = 5;
  private static final int SIZE = 40;

  private TinyDataset() {}

  /** Writes and ingests the dataset; returns the ingested dataset's location. */
  public static String ingest(SparkSession spark, Path folder) throws IOException {
    return ingest(spark, folder, 0.25);
  }

  static String ingest(SparkSession spark, Path folder, double validationFraction)
      throws IOException {
    String out = folder.resolve("ingested").toUri().toString();
    return ingest(spark, folder, validationFraction, out);
  }

  /**
   * Writes and ingests the dataset.
   *
   * @param folder the folder for the original layout
   * @param out the ingested dataset's location
   */
  static String ingest(SparkSession spark, Path folder, double validationFraction, String out)
      throws IOException {
    Path root = Files.createDirectories(folder.resolve("original"));
    write(root);
    IngestConfig config = new IngestConfig(validationFraction, 1, 20, 0, 0, 1_000_000);
    IngestAction.of(spark, new IngestRequest("cub", root.toUri().toString(), out, config, false))
        .run();
    return out;
  }

  private static void write(Path root) throws IOException {
    List<String> classes = new ArrayList<>();
    List<String> images = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> splits = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int label = 0; label < CLASSES; label++) {
      String name = String.format(Locale.ROOT, "%03d.Class_%d", label + 1, label);
      classes.add((label + 1) + " " + name);
      Files.createDirectories(root.resolve("images").resolve(name));
      for (int i = 0; i < TRAIN + TEST; i++) {
        int id = images.size() + 1;
        String path = String.format(Locale.ROOT, "%s/%d.jpg", name, id);
        images.add(id + " " + path);
        labels.add(id + " " + (label + 1));
        splits.add(id + " " + (i < TRAIN ? 1 : 0));
        ImageIO.write(image(label, random), "jpg", root.resolve("images").resolve(path).toFile());
      }
    }
    Files.write(root.resolve("classes.txt"), classes);
    Files.write(root.resolve("images.txt"), images);
    Files.write(root.resolve("image_class_labels.txt"), labels);
    Files.write(root.resolve("train_test_split.txt"), splits);
  }

  private static BufferedImage image(int label, SplittableRandom random) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      float hue = (float) label / CLASSES + (float) random.nextDouble(-0.1, 0.1);
      graphics.setColor(Color.getHSBColor(hue, 0.8f, (float) random.nextDouble(0.3, 1)));
      graphics.fillRect(random.nextInt(SIZE), random.nextInt(SIZE), 12, 12);
    }
    graphics.dispose();
    return image;
  }
}
