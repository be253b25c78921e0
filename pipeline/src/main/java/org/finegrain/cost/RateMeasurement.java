package org.finegrain.cost;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.environment.Interruption;
import org.finegrain.storage.Folder;
import org.finegrain.train.Circumstances;
import org.finegrain.train.SpeedMeasurement;
import org.finegrain.train.TrainingSpeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures rates on the executors of a Spark application, and says so. */
final class RateMeasurement {
  private static final Logger LOG = LoggerFactory.getLogger(RateMeasurement.class);

  private final SparkSession spark;
  private final Optional<Folder> data;
  private final Hardware hardware;

  /**
   * Prepares to measure.
   *
   * @param data the folder of ingested datasets; without it, synthetic images are taken
   */
  RateMeasurement(SparkSession spark, Optional<Folder> data) {
    this.spark = spark;
    this.data = data;
    hardware = Hardware.of(Circumstances.now(spark).texts());
  }

  /**
   * Measures the network of a trial, which is the {@code number}-th of {@code all}; empty if it
   * cannot be trained.
   *
   * @throws TrainingFailedException if the application is ending
   */
  Optional<KnownRate> of(Workload trial, int number, int all) throws IOException {
    String network = trial.network().text();
    boolean isReal = data.isPresent() && trial.data().isIngested();
    String images = isReal ? "images of " + trial.config().dataset() : "synthetic images";
    LOG.info("measuring {}/{}  {}, on {}", number, all, network, images);
    try {
      TrainingSpeed speed = measurement(trial, isReal).measure(scoredAtOnce(trial.data()));
      LOG.info(
          "measured  {}/{}  {} in steps{}",
          number,
          all,
          Quantity.rate(speed.step()),
          speed.scoring() == 0 ? "" : ", " + Quantity.rate(speed.scoring()) + " in scoring");
      return Optional.of(new KnownRate(trial.network(), hardware, speed, 0));
    } catch (TrainingFailedException e) {
      if (Interruption.isUnderWay() || spark.sparkContext().isStopped()) {
        throw e;
      }
      LOG.error("Cannot train {}: {}; its trials would fail, too", network, cause(e));
      return Optional.empty();
    }
  }

  private SpeedMeasurement measurement(Workload trial, boolean isReal) throws IOException {
    return isReal
        ? SpeedMeasurement.on(
            spark, trial.config(), data.orElseThrow().location(trial.config().dataset()))
        : SpeedMeasurement.onSyntheticImages(spark, trial.config(), trial.data().classes());
  }

  private static long scoredAtOnce(DatasetSize data) {
    return data.val() > 0 ? data.val() : data.test();
  }

  /** Returns the first line of the deepest cause, as Spark wraps causes in pages of text. */
  private static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
