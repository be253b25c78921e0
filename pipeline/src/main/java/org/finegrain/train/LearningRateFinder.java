package org.finegrain.train;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.DataParallelTraining;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.Split;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.ingest.LoadSample;
import org.finegrain.storage.Folder;

/**
 * Makes a range test for the learning rate: trains a network for some steps on the train split,
 * with a rate that rises from step to step, to show at which rates the loss falls. The training
 * begins as a run would. Its weights are thrown away, and the validation and test splits are not
 * read.
 */
public final class LearningRateFinder {
  private static final double FIRST = 1e-7;
  private static final double LAST = 10;

  private LearningRateFinder() {}

  /**
   * Trains, and returns the curve of the loss.
   *
   * @param runs the folder that a run of {@code config} would be written to
   * @param steps the number of steps over which the rate rises from 1e-7 to 10; the test ends
   *     earlier if the loss explodes
   * @throws RunException if the loss diverges in the first step
   */
  public static LearningRateCurve find(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, int steps)
      throws IOException {
    TrainingEngine engine = Trainer.engine(spark);
    RunPlan plan = Trainer.plan(spark, engine, config, data, runs);
    TrainingRequest request =
        new TrainingRequest(
            config.loss(),
            config.train().forRangeTest((steps + plan.stepsPerEpoch() - 1) / plan.stepsPerEpoch()),
            new ExponentialSchedule(FIRST, LAST, steps),
            config.seed());
    TrainingData<?> samples =
        new TrainingData<>(
            plan.dataset().samples(Split.TRAIN),
            new LoadForNetwork(LoadSample.forTraining(config.augmentation(), config.seed())));
    TrainingState start = plan.initialState(spark.sparkContext().hadoopConfiguration());
    Observer observer = new Observer(steps);
    spark.sparkContext().setJobDescription("find a learning rate");
    try {
      new DataParallelTraining(engine).train(plan.network(), request, samples, start, observer);
    } catch (SearchEndedException e) {
      // the curve is complete
    } catch (DivergedException e) {
      if (observer.curve.size() == 0) {
        throw new RunException("Cannot find a learning rate: " + e.getMessage(), e);
      }
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
    return observer.curve.build();
  }

  private static final class Observer implements TrainingObserver {
    private final int steps;
    private final LearningRateCurve.Builder curve = new LearningRateCurve.Builder();

    Observer(int steps) {
      this.steps = steps;
    }

    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
      curve.add(learningRate, loss);
      if (step >= steps || curve.hasExploded()) {
        throw new SearchEndedException();
      }
    }

    @Override
    public Decision epochEnded(TrainingState state, EpochLoss loss) {
      return Decision.CONTINUE;
    }
  }

  /** Ends the training within an epoch. */
  private static final class SearchEndedException extends RuntimeException {}
}
