package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.DataException;
import org.finegrain.dataset.Split;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IngestIT {
  private static final IngestConfig CONFIG = new IngestConfig(0.25, 1, 8, 0.2, 0, 10_000);
  private static SparkSession spark;

  @TempDir private Path directory;
  private TinyCub cub;

  @BeforeAll
  static void start() {
    spark = LocalSpark.open();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void writeOriginal() throws IOException {
    cub = TinyCub.write(directory.resolve("original"), 20);
  }

  @Test
  void writesSortedShardsOfTheOriginalBytes() throws IOException {
    IngestResult result = ingest("out", CONFIG);
    assertThat(result.images()).isEqualTo(40);
    assertThat(result.upToDate()).isFalse();
    Folder out = folder("out");
    assertThat(out.files().keySet())
        .containsExactly(
            "_manifest.json",
            "test/part-00000.parquet",
            "test/part-00001.parquet",
            "test/part-00002.parquet",
            "train/part-00000.parquet",
            "train/part-00001.parquet",
            "val/part-00000.parquet");

    IngestedDataset dataset = IngestedDataset.open(spark, result.location());
    dataset.verify();
    assertThat(dataset.name()).isEqualTo("cub");
    assertThat(dataset.classNames()).containsExactly("001.Bird", "002.Bird");
    assertThat(dataset.count(Split.TRAIN)).isEqualTo(14);
    assertThat(dataset.count(Split.VAL)).isEqualTo(6);
    assertThat(dataset.count(Split.TEST)).isEqualTo(20);
    List<StoredSample> test = dataset.samples(Split.TEST).collect();
    assertThat(test).extracting(StoredSample::imageId).isSorted().hasSize(20).contains("3", "40");
    for (StoredSample sample : test) {
      int index = Integer.parseInt(sample.imageId()) - 1;
      assertThat(sample.jpeg()).isEqualTo(Files.readAllBytes(cub.image(index)));
      assertThat(sample.label()).isEqualTo(index % 2);
      assertThat(sample.className()).isEqualTo(dataset.classNames().get(sample.label()));
    }
  }

  @Test
  void theManifestSaysWhatThereIs() throws IOException {
    ingest("out", CONFIG);
    Manifest manifest = Manifest.read(folder("out"));
    assertThat(manifest.dataset()).isEqualTo("cub");
    assertThat(manifest.counts())
        .isEqualTo(
            Map.of(
                "train", new Manifest.SplitCounts(14, List.of(7, 7)),
                "val", new Manifest.SplitCounts(6, List.of(3, 3)),
                "test", new Manifest.SplitCounts(20, List.of(10, 10))));
    assertThat(manifest.officialCounts().train()).isEqualTo(5994);
    assertThat(manifest.parts()).hasSize(6);
    assertThat(manifest.parts().get(0).path()).isEqualTo("train/part-00000.parquet");
    assertThat(manifest.parts().get(0).rows()).isEqualTo(8);
    assertThat(manifest.config().path("rows-per-shard").asInt()).isEqualTo(8);
    assertThat(folder("out").text("_manifest.json"))
        .contains("\"official-counts\"", "\"by-class\"", "\"source-fingerprint\"");
  }

  @Test
  void withoutValidationThereIsNoSuchFolder() throws IOException {
    ingest("out", new IngestConfig(0, 1, 1000, 0, 0, 10_000));
    IngestedDataset dataset = IngestedDataset.open(spark, folder("out").location());
    assertThat(folder("out").list()).containsExactly("_manifest.json", "test", "train");
    assertThat(dataset.count(Split.VAL)).isZero();
    assertThat(dataset.samples(Split.VAL).collect()).isEmpty();
  }

  @Test
  void quarantinesWhatIsBroken() throws IOException {
    byte[] jpeg = Files.readAllBytes(cub.image(0));
    Files.write(cub.image(0), Arrays.copyOf(jpeg, jpeg.length / 2));
    Files.write(cub.image(1), new byte[0]);
    Files.delete(cub.image(2));
    Files.writeString(cub.image(3), "<!DOCTYPE html><title>404</title>");
    Files.write(cub.image(4), TinyCub.jpeg(200, 100, 4));
    IngestResult result = ingest("out", CONFIG);
    assertThat(result.images()).isEqualTo(35);
    List<Quarantined> quarantined = Manifest.read(folder("out")).quarantined();
    assertThat(quarantined).isEqualTo(result.findings().quarantined());
    assertThat(quarantined)
        .extracting(Quarantined::path)
        .containsExactlyInAnyOrder(cub.path(0), cub.path(1), cub.path(2), cub.path(3), cub.path(4));
    assertThat(reason(quarantined, 0)).contains("truncated");
    assertThat(reason(quarantined, 1)).isEqualTo("empty file");
    assertThat(reason(quarantined, 2)).isEqualTo("missing");
    assertThat(reason(quarantined, 3)).startsWith("web page, not an image");
    assertThat(reason(quarantined, 4)).contains("200 × 100 pixels; at most 10000 are allowed");
  }

  @Test
  void equalImagesAcrossSplitsOrLabelsAreCounted() throws IOException {
    byte[] picture = Files.readAllBytes(cub.image(0));
    Files.write(cub.image(1), picture); // another label
    byte[] other = Files.readAllBytes(cub.image(4));
    Files.write(cub.image(6), other); // the test split
    ImageFindings findings = ingest("out", new IngestConfig(0, 1, 8, 0.2, 0, 10_000)).findings();
    assertThat(findings.duplicates())
        .containsExactly(
            new Duplicate(List.of(cub.path(0), cub.path(1)), List.of("train"), List.of(0, 1)),
            new Duplicate(List.of(cub.path(4), cub.path(6)), List.of("test", "train"), List.of(0)));
    assertThat(findings.acrossSplits()).isEqualTo(1);
    assertThat(findings.acrossLabels()).isEqualTo(1);
    assertThat(IngestedDataset.open(spark, folder("out").location()).findings())
        .isEqualTo(findings);
  }

  @Test
  void foldersOfAnyNameAreTakenByTheirNames() throws IOException {
    String name = "a b[1]{2,3}*?%25#é鳥";
    Path odd = Files.createDirectories(directory.resolve(name));
    TinyCub.write(odd.resolve("original"), 4);
    String out = odd.resolve("out").toString();
    IngestRequest request =
        new IngestRequest("cub", odd.resolve("original").toString(), out, CONFIG, false);
    assertThat(IngestAction.of(spark, request).run().images()).isEqualTo(8);
    IngestedDataset dataset = IngestedDataset.open(spark, out);
    dataset.verify();
    assertThat(dataset.samples(Split.TEST).collect()).hasSize(4);
    assertThat(filesOf(odd)).containsExactly("original", "out");
  }

  @Test
  void aBadBoxCostsNoImage() throws IOException {
    List<String> boxes = Files.readAllLines(cub.root.resolve("bounding_boxes.txt"));
    boxes.set(0, "1 -1.0 -1.0 20.0 10.0");
    boxes.set(1, "2 500.0 500.0 20.0 20.0");
    boxes.set(2, "3 4.0 2.0 0.0 10.0");
    boxes.set(3, "4 4.0 two 20.0 10.0");
    boxes.remove(4);
    Files.write(cub.root.resolve("bounding_boxes.txt"), boxes);
    IngestResult result = ingest("out", CONFIG);
    assertThat(result.images()).isEqualTo(40);
    assertThat(result.findings().badBoxes())
        .containsExactly(
            new BadBox(
                cub.path(2),
                "no part of the box of 0.0 × 10.0 pixels at (4.0, 2.0) lies within the image"),
            new BadBox(cub.path(4), "bounding_boxes.txt lists no box of image 5"),
            new BadBox(
                cub.path(1),
                "no part of the box of 20.0 × 20.0 pixels at (500.0, 500.0) lies within the image"),
            new BadBox(
                cub.path(3),
                "bounding_boxes.txt:4: y must be a number, found 'two'; restore the file from the"
                    + " original archive"));
    assertThat(Manifest.read(folder("out")).findings()).isEqualTo(result.findings());
    assertThat(result.findings().lines()).contains("images without their box: 4");
    Map<String, List<Double>> stored = boxes("out");
    assertThat(stored.get("1")).containsExactly(0.0, 0.0, 19.0, 9.0);
    assertThat(stored.get("6")).containsExactly(4.0, 2.0, 20.0, 10.0);
    for (String id : List.of("2", "3", "4", "5")) {
      assertThat(stored.get(id)).containsOnlyNulls();
    }
  }

  private Map<String, List<Double>> boxes(String name) throws IOException {
    IngestedDataset dataset = IngestedDataset.open(spark, folder(name).location());
    Map<String, List<Double>> boxes = new HashMap<>();
    for (Split split : Split.values()) {
      for (Row row : dataset.rows(split).collect()) {
        boxes.put(
            row.getAs(Columns.IMAGE_ID),
            Arrays.asList(
                row.getAs("box_left"),
                row.getAs("box_top"),
                row.getAs("box_width"),
                row.getAs("box_height")));
      }
    }
    return boxes;
  }

  private String reason(List<Quarantined> quarantined, int index) {
    return quarantined.stream()
        .filter(image -> image.path().equals(cub.path(index)))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void failsAboveTheLimitAndLeavesNothing() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.write(cub.image(i), new byte[0]);
    }
    assertThatThrownBy(() -> ingest("out", CONFIG))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("12 of 40 images are broken, 30.00 %")
        .hasMessageContaining("ingest.max-quarantined-fraction allows 20.00 %")
        .hasMessageContaining(cub.path(0) + ": empty file")
        .hasMessageContaining("… and 2 more");
    assertThat(filesOf(directory)).containsExactly("original");
  }

  @Test
  void theSameRowsOnAnyNumberOfPartitions() throws IOException {
    ingest("one", CONFIG);
    spark.stop();
    spark = LocalSpark.open("local[1]");
    ingest("two", CONFIG);
    spark.stop();
    spark = LocalSpark.open();
    assertThat(folder("two").text("_manifest.json"))
        .isEqualTo(folder("one").text("_manifest.json"));
  }

  @Test
  void aSecondRunFindsItUpToDate() throws IOException {
    ingest("out", CONFIG);
    long written = Files.getLastModifiedTime(directory.resolve("out/_manifest.json")).toMillis();
    assertThat(ingest("out", CONFIG).upToDate()).isTrue();
    assertThat(Files.getLastModifiedTime(directory.resolve("out/_manifest.json")).toMillis())
        .isEqualTo(written);
  }

  @Test
  void otherSettingsNeedToldToOverwrite() throws IOException {
    ingest("out", CONFIG);
    IngestConfig other = new IngestConfig(0.25, 1, 8, 0.2, 16, 10_000);
    assertThatThrownBy(() -> ingest("out", other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("(short-side was 0, now 16); replace it with --overwrite");
    IngestRequest request = request("out", other, true);
    assertThat(IngestAction.of(spark, request).run().upToDate()).isFalse();
    RgbImage image = firstImage("out");
    assertThat(Math.min(image.width(), image.height())).isEqualTo(16);
  }

  @Test
  void aChangedSourceIsNoticed() throws IOException {
    ingest("out", CONFIG);
    Files.write(cub.image(7), TinyCub.jpeg(60, 50, 3));
    assertThatThrownBy(() -> ingest("out", CONFIG))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its source has changed since");
  }

  @Test
  void neverTouchesAFolderThatIsNoDataset() throws IOException {
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(directory.resolve("home/thesis.tex"), "precious");
    assertThatThrownBy(() -> IngestAction.of(spark, request("home", CONFIG, true)).run())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the folder is not empty and holds no dataset");
    assertThat(directory.resolve("home/thesis.tex")).hasContent("precious");
  }

  private static final String PART = "val/part-00000.parquet";
  private static final String AGAIN = "ingest the dataset again with --overwrite";

  /** A damage to a dataset on a disk, with the message when it is opened or verified. */
  private enum Damage {
    FLIPPED(PART + " has SHA-256 ", AGAIN),
    DELETED(PART + " is missing", AGAIN),
    NO_MANIFEST("Cannot find _manifest.json", "write one with: finegrain ingest"),
    CUT_MANIFEST("_manifest.json: it is damaged", "write the dataset again with --overwrite"),
    OTHER_COUNT("holds other numbers of images than its manifest says", AGAIN);

    private final String fault;
    private final String remedy;

    Damage(String fault, String remedy) {
      this.fault = fault;
      this.remedy = remedy;
    }

    void strike(Path dataset) throws IOException {
      Path part = dataset.resolve(PART);
      Path manifest = dataset.resolve(Manifest.FILE);
      byte[] bytes = Files.readAllBytes(part);
      String text = Files.readString(manifest);
      switch (this) {
        case FLIPPED -> {
          bytes[100] ^= 1;
          Files.write(part, bytes);
        }
        case DELETED -> Files.delete(part);
        case NO_MANIFEST -> Files.delete(manifest);
        case CUT_MANIFEST -> Files.writeString(manifest, text.substring(0, text.length() / 2));
        case OTHER_COUNT ->
            Files.writeString(manifest, text.replace("\"images\" : 14", "\"images\" : 15"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedDatasetIsRepaired(Damage damage) throws IOException {
    ingest("out", CONFIG);
    String fingerprint = IngestedDataset.open(spark, folder("out").location()).fingerprint();
    damage.strike(directory.resolve("out"));
    assertThatThrownBy(() -> IngestedDataset.open(spark, folder("out").location()).verify())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(damage.fault)
        .hasMessageEndingWith(damage.remedy);

    IngestResult again = IngestAction.of(spark, request("out", CONFIG, true)).run();
    assertThat(again.upToDate()).isFalse();
    IngestedDataset repaired = IngestedDataset.open(spark, again.location());
    repaired.verify();
    assertThat(repaired.fingerprint()).isEqualTo(fingerprint);
    assertThat(filesOf(directory)).containsExactly("original", "out");
  }

  @Test
  void damageIsNoReasonToReplaceUnasked() throws IOException {
    ingest("out", CONFIG);
    Files.write(directory.resolve("out").resolve(PART), new byte[0]);
    assertThatThrownBy(() -> ingest("out", CONFIG))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is damaged (")
        .hasMessageContaining(PART + " has 0 bytes, but its manifest says ")
        .hasMessageContaining("replace it with --overwrite");
    Files.delete(directory.resolve("out").resolve(Manifest.FILE));
    assertThatThrownBy(() -> ingest("out", CONFIG))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "its _manifest.json is missing or damaged; replace it with --overwrite");
  }

  @Test
  void aWholeDatasetIsNotWrittenAgain() throws IOException {
    ingest("out", CONFIG);
    assertThat(IngestAction.of(spark, request("out", CONFIG, true)).run().upToDate()).isTrue();
  }

  @Test
  void openingTellsThatThereIsNothing() {
    assertThatThrownBy(() -> IngestedDataset.open(spark, directory.resolve("none").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is not an ingested dataset");
  }

  private RgbImage firstImage(String name) throws IOException {
    StoredSample sample =
        IngestedDataset.open(spark, folder(name).location()).samples(Split.TRAIN).first();
    return ImageDecoder.decode(sample.jpeg(), 1_000_000);
  }

  private IngestResult ingest(String name, IngestConfig config) throws IOException {
    return IngestAction.of(spark, request(name, config, false)).run();
  }

  private IngestRequest request(String name, IngestConfig config, boolean overwrite) {
    return new IngestRequest(
        "cub", cub.root.toString(), directory.resolve(name).toString(), config, overwrite);
  }

  private Folder folder(String name) throws IOException {
    return Folder.at(directory.resolve(name).toString(), new Configuration());
  }

  private static List<String> filesOf(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
