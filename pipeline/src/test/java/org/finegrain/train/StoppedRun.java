package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.finegrain.train.TinyExperiment.config;

import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.storage.Folder;

/** Ends a run as if its process had been killed: no code of the run can react. */
final class StoppedRun {
  static final String MESSAGE = "stopped";

  private StoppedRun() {}

  static void during(long step, SparkSession spark, String data, Folder runs) {
    TrainingEngine engine = Trainer.engine(spark);
    assertThatThrownBy(
            () ->
                new Run(spark, engine, Trainer.plan(spark, engine, config(), data, runs))
                    .carryOut(RunOptions.DEFAULTS, at(step)))
        .hasMessage(MESSAGE);
  }

  /** Throws {@link #MESSAGE} when {@code step} has ended. */
  static RunListener at(long step) {
    return new RunListener() {
      @Override
      public void stepEnded(long ended, double loss, double rate, double imagesPerSecond) {
        if (ended == step) {
          throw new IllegalStateException(MESSAGE);
        }
      }

      @Override
      public void epochEnded(EpochMetrics metrics) {}
    };
  }
}
