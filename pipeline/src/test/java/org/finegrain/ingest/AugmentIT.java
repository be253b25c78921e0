package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.AugmentationConfig;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentIT {
  private static final AugmentationConfig AUGMENTATION =
      new AugmentationConfig(
          24,
          0.25,
          1,
          0.75,
          4 / 3.0,
          0.5,
          32,
          List.of(0.485, 0.456, 0.406),
          List.of(0.229, 0.224, 0.225));
  private static SparkSession spark;

  @TempDir private static Path directory;

  @BeforeAll
  static void ingest() throws IOException {
    spark = LocalSpark.open();
    TinyCub cub = TinyCub.write(directory.resolve("original"), 12);
    IngestConfig config = new IngestConfig(0.2, 1, 5, 0, 0, 10_000);
    IngestRequest request =
        new IngestRequest("cub", cub.root.toString(), location("data"), config, false);
    IngestAction.of(spark, request).run();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void writesTheVariantsThatTrainingSees() throws IOException {
    IngestResult result = AugmentAction.of(spark, request("variants", 3, false)).run();
    IngestedDataset data = IngestedDataset.open(spark, location("data"));
    IngestedDataset variants = IngestedDataset.open(spark, result.location());
    variants.verify();
    assertThat(variants.count(Split.TRAIN)).isEqualTo(3 * data.count(Split.TRAIN));
    assertThat(variants.samples(Split.TEST).collect())
        .extracting(StoredSample::sha256)
        .isEqualTo(data.samples(Split.TEST).map(StoredSample::sha256).collect());
    assertThat(variants.samples(Split.TRAIN).collect())
        .extracting(StoredSample::imageId)
        .doesNotHaveDuplicates()
        .contains("1#0", "1#1", "1#2");

    LoadSample load = LoadSample.forTraining(AUGMENTATION, 7);
    List<Row> rows = variants.rows(Split.TRAIN).collect();
    assertThat(rows).extracting(row -> row.<String>getAs("image_id")).isSorted();
    for (StoredSample sample : data.samples(Split.TRAIN).collect()) {
      float[] input = new float[3 * 24 * 24];
      load.load(sample, 2, input, 0);
      Row row =
          rows.stream()
              .filter(r -> r.getAs("image_id").equals(sample.imageId()))
              .filter(r -> r.<Integer>getAs("variant") == 2)
              .findFirst()
              .orElseThrow();
      assertThat(row.<Integer>getAs("width")).isEqualTo(24);
      assertThat(meanDifference(input, ImageDecoder.decode(row.getAs("jpeg"), 10_000)))
          .as("levels that JPEG costs")
          .isLessThan(6);
    }
  }

  private static double meanDifference(float[] input, RgbImage image) {
    List<Double> mean = AUGMENTATION.mean();
    List<Double> std = AUGMENTATION.std();
    return IntStream.range(0, input.length)
        .mapToDouble(
            i -> {
              int channel = i / (24 * 24);
              double level = 255 * (input[i] * std.get(channel) + mean.get(channel));
              return Math.abs(level - (image.pixels()[3 * (i % (24 * 24)) + channel] & 0xff));
            })
        .average()
        .orElseThrow();
  }

  @Test
  void drawsAContactSheet() throws IOException {
    AugmentAction.of(spark, request("sheet", 2, false)).run();
    Folder folder = Folder.at(location("sheet"), new Configuration());
    BufferedImage sheet = ImageIO.read(folder.open(AugmentAction.CONTACT_SHEET));
    // Inputs of 24 pixels are shown fourfold: 6 + 144 + 6 + 2 · (96 + 6), two rows of classes.
    assertThat(sheet.getWidth()).isEqualTo(6 + 144 + 2 * 102 + 6);
    assertThat(sheet.getHeight()).isEqualTo(6 + 20 + 2 * (20 + 96 + 6));
  }

  @Test
  void isUpToDateTheSecondTime() throws IOException {
    assertThat(AugmentAction.of(spark, request("twice", 1, false)).run().upToDate()).isFalse();
    assertThat(AugmentAction.of(spark, request("twice", 1, false)).run().upToDate()).isTrue();
    assertThatThrownBy(() -> AugmentAction.of(spark, request("twice", 2, false)).run())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("variants was 1, now 2");
    assertThat(AugmentAction.of(spark, request("twice", 2, true)).run().upToDate()).isFalse();
  }

  @Test
  void doesNotAugmentVariants() throws IOException {
    AugmentAction.of(spark, request("again", 1, false)).run();
    AugmentRequest request =
        new AugmentRequest(location("again"), location("more"), 1, AUGMENTATION, 7, 8, false);
    assertThatThrownBy(() -> AugmentAction.of(spark, request))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it already holds variants");
  }

  @Test
  void evaluationIsTheSameInEveryEpochAndTrainingIsNot() throws IOException {
    StoredSample sample =
        IngestedDataset.open(spark, location("data")).samples(Split.TRAIN).first();
    LoadSample evaluation = LoadSample.forEvaluation(AUGMENTATION);
    assertThat(loaded(evaluation, sample, 0)).isEqualTo(loaded(evaluation, sample, 5));
    LoadSample training = LoadSample.forTraining(AUGMENTATION, 1);
    assertThat(loaded(training, sample, 0)).isEqualTo(loaded(training, sample, 0));
    assertThat(loaded(training, sample, 0)).isNotEqualTo(loaded(training, sample, 1));
    assertThat(loaded(LoadSample.forTraining(AUGMENTATION, 2), sample, 0))
        .isNotEqualTo(loaded(training, sample, 0));
    assertThat(loaded(training, sample, 0)[0]).isCloseTo(0, within(3f));
  }

  private static float[] loaded(LoadSample load, StoredSample sample, int epoch) {
    float[] pixels = new float[3 * load.imageSize() * load.imageSize()];
    load.load(sample, epoch, pixels, 0);
    return pixels;
  }

  private static AugmentRequest request(String out, int variants, boolean overwrite) {
    return new AugmentRequest(
        location("data"), location(out), variants, AUGMENTATION, 7, 8, overwrite);
  }

  private static String location(String name) {
    return directory.resolve(name).toString();
  }
}
