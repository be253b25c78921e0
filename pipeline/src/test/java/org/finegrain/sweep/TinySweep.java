package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.TinyDataset;

/** Sweeps of trials of two epochs, each of which trains a tiny network within seconds. */
final class TinySweep {
  private static final List<String> SETTINGS =
      List.of(
          "sweep.datasets=[cub]",
          "model.depth=18",
          "model.width=8",
          "augmentation.image-size=32",
          "augmentation.evaluation-short-side=36",
          "train.epochs=2",
          "train.batch-size=8",
          "train.optimizer.learning-rate=0.05",
          "loss.eta=2");

  private static final List<String> FILES =
      List.of(
          "checkpoints/epoch-0002/model.safetensors",
          "checkpoints/epoch-0002/optimizer.safetensors",
          "confusion.csv");

  private TinySweep() {}

  /** Returns an experiment with further settings. */
  static ExperimentConfig experiment(String... settings) {
    return ExperimentConfig.load(
        List.of(), Stream.concat(SETTINGS.stream(), Stream.of(settings)).toList());
  }

  /** Ingests the dataset of the sweeps, and returns the folder that holds it. */
  static Folder data(SparkSession spark, Path temporary) throws IOException {
    TinyDataset.ingest(spark, temporary);
    Files.createDirectory(temporary.resolve("data"));
    Files.move(temporary.resolve("ingested"), temporary.resolve("data/cub"));
    return folder(temporary, "data");
  }

  static Folder folder(Path parent, String name) throws IOException {
    return Folder.at(parent.resolve(name).toUri().toString(), new Configuration(false));
  }

  /** Checks that a trial has the same bits in two sweeps. */
  static void assertSameBits(Trial trial, Folder sweep, Folder expected) throws IOException {
    for (String file : FILES) {
      assertThat(trial.runFolder(sweep).sha256(file))
          .as("%s of %s", file, trial.label())
          .isEqualTo(trial.runFolder(expected).sha256(file));
    }
  }
}
