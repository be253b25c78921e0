package org.finegrain.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/** Trains a narrow ResNet-18-AAM on the {@link TinyDataset}. */
final class TinyExperiment {
  static final int EPOCHS = 3;
  static final int STEPS = 4; // in an epoch, of 8 samples each; 4 samples are left out

  private TinyExperiment() {}

  static ExperimentConfig config() {
    return ExperimentConfig.DEFAULTS.withOverrides(
        Map.of(
            "model.depth", "18",
            "model.width", "8",
            "augmentation.image-size", "32",
            "augmentation.evaluation-short-side", "36",
            "augmentation.min-scale", "0.5",
            "train.epochs", Integer.toString(EPOCHS),
            "train.batch-size", "8",
            "train.optimizer.learning-rate", "0.05",
            "loss.eta", "2"));
  }

  static SparkSession openSpark() {
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
    return SparkSession.builder().config(TrainingEngine.configure(conf)).getOrCreate();
  }

  static Folder folder(Path path) throws IOException {
    return Folder.at(path.toUri().toString(), new Configuration(false));
  }

  /** Trains in a process of its own. Arguments: the dataset's location, and the folder of runs. */
  public static void main(String... arguments) throws IOException {
    try (SparkSession spark = openSpark()) {
      Trainer.run(
          spark, config(), arguments[0], folder(Path.of(arguments[1])), RunOptions.DEFAULTS);
    }
  }
}
