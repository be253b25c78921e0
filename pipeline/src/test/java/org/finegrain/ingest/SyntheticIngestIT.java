package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.config.IngestConfig;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.dataset.Split;
import org.finegrain.dataset.SyntheticDatasets;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ingests drawn datasets in all four original layouts. */
class SyntheticIngestIT {
  private static SparkSession spark;

  @TempDir private static Path directory;

  @BeforeAll
  static void draw() throws IOException {
    SyntheticDatasets.write(
        Folder.at(directory.resolve("original").toString(), new Configuration()),
        new SyntheticConfig(1, 2, 5, 3, 48));
    spark = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cub", "aircraft", "cars", "dogs"})
  void everyLayoutHasItsImagesAndBoxes(String name) throws IOException {
    IngestedDataset dataset = ingest(name, "plain", 0);
    assertThat(dataset.name()).isEqualTo(name);
    assertThat(dataset.count(Split.TRAIN)).isEqualTo(8);
    assertThat(dataset.count(Split.VAL)).isEqualTo(2);
    assertThat(dataset.count(Split.TEST)).isEqualTo(6);
    for (Split split : Split.values()) {
      for (Row row : dataset.rows(split).collect()) {
        RgbImage image = ImageDecoder.decode(row.getAs(Columns.JPEG), 1_000_000);
        assertThat(row.<Integer>getAs(Columns.WIDTH)).isEqualTo(image.width());
        assertThat(row.<Integer>getAs(Columns.HEIGHT)).isEqualTo(image.height());
        assertThat(RealSlicesIT.magenta(image)).as("banner").isZero();
        assertThat(box(row, "box_left", "box_width")).isBetween(1.0, (double) image.width());
        assertThat(box(row, "box_top", "box_height")).isBetween(1.0, (double) image.height());
        assertThat(dataset.classNames().get(row.<Integer>getAs(Columns.LABEL)))
            .isEqualTo(row.getAs(Columns.CLASS_NAME));
      }
    }
  }

  @Test
  void reducedImagesKeepTheirBoxesInPlace() throws IOException {
    List<Row> plain = ingest("dogs", "whole", 0).rows(Split.TEST).collect();
    List<Row> reduced = ingest("dogs", "reduced", 24).rows(Split.TEST).collect();
    for (int i = 0; i < plain.size(); i++) {
      Row before = plain.get(i);
      Row after = reduced.get(i);
      assertThat(shorterSide(after)).isEqualTo(24);
      double scale = 24.0 / shorterSide(before);
      assertThat(after.<Double>getAs("box_left"))
          .isEqualTo(scale * before.<Double>getAs("box_left"));
    }
  }

  private static int shorterSide(Row row) {
    return Math.min(row.<Integer>getAs(Columns.WIDTH), row.<Integer>getAs(Columns.HEIGHT));
  }

  @Test
  void aGreyPhotographHasThreeEqualChannels() throws IOException {
    LoadSample load = LoadSample.forEvaluation(AugmentationConfig.DEFAULTS);
    int size = load.imageSize();
    int grey = 0;
    IngestedDataset dataset = ingest("cub", "grey", 0);
    for (Split split : Split.values()) {
      for (StoredSample sample : dataset.samples(split).collect()) {
        float[] input = new float[3 * size * size];
        load.load(sample, 0, input, 0);
        double red = 0.229 * input[0] + 0.485;
        double green = 0.224 * input[size * size] + 0.456;
        double blue = 0.225 * input[2 * size * size] + 0.406;
        grey += Math.abs(red - green) < 1e-5 && Math.abs(green - blue) < 1e-5 ? 1 : 0;
      }
    }
    assertThat(grey).isBetween(1, 3);
  }

  /** Returns the far edge of a box. */
  private static double box(Row row, String near, String extent) {
    return row.<Double>getAs(near) + row.<Double>getAs(extent);
  }

  private static IngestedDataset ingest(String name, String out, int shortSide) throws IOException {
    String location = directory.resolve(out).resolve(name).toString();
    IngestConfig config = new IngestConfig(0.2, 1, 1000, 0, shortSide, 1_000_000);
    String root = directory.resolve("original").resolve(name).toString();
    IngestAction.of(spark, new IngestRequest(name, root, location, config, false)).run();
    return IngestedDataset.open(spark, location);
  }
}
