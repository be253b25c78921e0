package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.Split;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Checksums;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingests photographs in the original layouts, if the folder with them is at hand. */
class RealSlicesIT {
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    assumeTrue(
        Files.isDirectory(slice("")), "skipped: no photographs in " + slice("").toAbsolutePath());
    spark = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void cub() throws IOException {
    IngestedDataset dataset = ingest("cub", "cub-200-2011");
    assertThat(dataset.classNames()).hasSize(10);
    assertThat(dataset.count(Split.TRAIN) + dataset.count(Split.VAL)).isEqualTo(300);
    assertThat(dataset.count(Split.VAL)).isEqualTo(30);
    assertThat(dataset.count(Split.TEST)).isEqualTo(243);
    List<Row> rows = dataset.rows(Split.VAL).collect();
    for (Row row : rows) {
      byte[] jpeg = row.getAs(Columns.JPEG);
      assertThat(jpeg)
          .isEqualTo(
              Files.readAllBytes(slice("cub-200-2011").resolve(row.<String>getAs("source_path"))));
      assertThat(row.<String>getAs(Columns.SHA256)).isEqualTo(Checksums.sha256(jpeg));
      assertThat(row.<Double>getAs("box_width"))
          .isBetween(1.0, (double) row.<Integer>getAs("width"));
    }
  }

  @Test
  void aircraftLoseTheirBanner() throws IOException {
    IngestedDataset dataset = ingest("aircraft", "fgvc-aircraft");
    assertThat(dataset.classNames()).hasSize(6).anyMatch(name -> name.contains("/"));
    assertThat(dataset.count(Split.TRAIN) + dataset.count(Split.VAL)).isEqualTo(84);
    assertThat(dataset.count(Split.TEST)).isEqualTo(60);
    for (Split split : Split.values()) {
      for (Row row : dataset.rows(split).collect()) {
        RgbImage image = ImageDecoder.decode(row.getAs(Columns.JPEG), 100_000_000);
        assertThat(image.height()).isEqualTo(row.<Integer>getAs(Columns.HEIGHT));
        assertThat(magenta(image)).as(row.<String>getAs("source_path")).isLessThan(0.002);
      }
    }
  }

  /** Returns the share of pixels that have the banner's colour. The photographs have hardly any. */
  static double magenta(RgbImage image) {
    byte[] pixels = image.pixels();
    int count = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      if ((pixels[i] & 0xff) > 200 && (pixels[i + 1] & 0xff) < 60 && (pixels[i + 2] & 0xff) > 200) {
        count++;
      }
    }
    return 3.0 * count / pixels.length;
  }

  @Test
  void cars() throws IOException {
    IngestedDataset dataset = ingest("cars", "stanford-cars");
    assertThat(dataset.classNames()).hasSize(16);
    assertThat(dataset.samples(Split.TEST).map(StoredSample::label).distinct().count())
        .isEqualTo(16);
  }

  @Test
  void dogs() throws IOException {
    IngestedDataset dataset = ingest("dogs", "stanford-dogs");
    assertThat(dataset.classNames()).hasSize(6);
    assertThat(dataset.count(Split.TRAIN) + dataset.count(Split.VAL)).isEqualTo(84);
    assertThat(dataset.count(Split.TEST)).isEqualTo(60);
  }

  private IngestedDataset ingest(String dataset, String slice) throws IOException {
    String out = directory.resolve(dataset).toString();
    IngestConfig config = IngestConfig.DEFAULTS;
    IngestRequest request = new IngestRequest(dataset, slice(slice).toString(), out, config, false);
    IngestResult result = IngestAction.of(spark, request).run();
    assertThat(result.findings().quarantined()).isEmpty();
    return IngestedDataset.open(spark, out);
  }

  private static Path slice(String name) {
    return Path.of(System.getProperty("finegrain.real-data")).resolve("slices").resolve(name);
  }
}
