package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs all checks on local[2], where the driver does the work itself. */
class DoctorIT {
  private static final ExperimentConfig SMALL =
      ExperimentConfig.DEFAULTS.withOverrides(Map.of("model.depth", "18", "model.width", "8"));

  private static SparkSession spark;

  @TempDir private Path temporary;

  @BeforeAll
  static void startSpark() {
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
    spark = SparkSession.builder().config(TrainingEngine.configure(conf)).getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void everyCheckPasses() throws IOException {
    String data = TinyDataset.ingest(spark, temporary);
    Diagnosis diagnosis = examine(data, temporary.resolve("runs"));
    assertThat(diagnosis.report())
        .contains(
            "ok       engine         mkldnn\n", "ok       executors      the driver itself, 2")
        .contains("cub, 36 train, 12 val, 15 test images, fingerprint ")
        .endsWith("doctor: 21 checks, all fine");
    assertThat(diagnosis.isFit()).isTrue();
  }

  @Test
  void damagedDataAndAFileInTheWayAreTwoFailures() throws IOException {
    String data = TinyDataset.ingest(spark, temporary);
    Path part = temporary.resolve("ingested/test/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    Diagnosis diagnosis = examine(data, Files.writeString(temporary.resolve("file"), ""));
    assertThat(diagnosis.isFit()).isFalse();
    assertThatThrownBy(diagnosis::requireFit)
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("19 checks, 2 failed")
        .hasMessageContaining("FAILED   out            Cannot write to ")
        .hasMessageMatching(
            "(?s).*FAILED   data +\\S+/test/part-00000.parquet has SHA-256 \\w+, but its manifest says"
                + " \\w+: ingest the dataset again.*");
  }

  @Test
  void aFingerprintThatIsNotOfTheRowsFails() throws IOException {
    String data = TinyDataset.ingest(spark, temporary);
    Path manifest = temporary.resolve("ingested/_manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"fingerprint\" : \"\\w{4}", "\"fingerprint\" : \"0000"));
    assertThat(examine(data, temporary.resolve("runs")).report())
        .contains("FAILED   data           The rows of ", "its manifest says 0000");
  }

  @Test
  void dataThatDoNotFitTheExperimentFail() throws IOException {
    String data = TinyDataset.ingest(spark, temporary);
    assertThat(report(data, Map.of("dataset", "cars")))
        .contains(
            "FAILED   batch          Cannot train on ", "the configuration says dataset = cars");
    assertThat(report(data, Map.of("train.batch-size", "37")))
        .contains("FAILED   batch          Cannot fill a batch of 37 with 36 samples: lower");
  }

  @Test
  void countsQuarantinedAndDuplicateImages() throws IOException {
    String data = TinyDataset.ingest(spark, temporary);
    Path file = temporary.resolve("ingested/_manifest.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
    manifest.set(
        "quarantined",
        json.readTree(
            """
            [{"path": "images/a.jpg", "split": "train", "reason": "broken"},
             {"path": "images/b.jpg", "split": "test", "reason": "broken"}]"""));
    manifest.set(
        "duplicates",
        json.readTree(
            """
            [{"paths": ["c.jpg", "d.jpg"], "splits": ["test", "train"], "labels": [1]},
             {"paths": ["e.jpg", "f.jpg"], "splits": ["train"], "labels": [0, 1]},
             {"paths": ["g.jpg", "h.jpg"], "splits": ["test", "train"], "labels": [0, 1]}]"""));
    json.writeValue(file.toFile(), manifest);
    assertThat(report(data, Map.of()))
        .contains(
            "warning  quarantine     cub lacks 2 of 65 images (3.08 %), 1 of them in the test split: scores are not those of the whole dataset",
            "warning  duplicates     cub has 2 images in several splits and 2 under several labels: mention it");
  }

  private static String report(String data, Map<String, String> settings) {
    ExperimentConfig config = SMALL.withOverrides(settings);
    return Doctor.examine(spark, new PlannedWork(List.of(config), Optional.empty(), List.of(data)))
        .report();
  }

  private static Diagnosis examine(String data, Path out) throws IOException {
    Folder folder = Folder.at(out.toUri().toString(), new Configuration(false));
    return Doctor.examine(
        spark, new PlannedWork(List.of(SMALL), Optional.of(folder), List.of(data)));
  }
}
