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
 * Trains a network from where a run would begin for some steps on the train split, with a learning
 * rate that rises from step to step, to show which rates it stands. What it learns is thrown away;
 * validation and test are not read.
 */
public final class LearningRateFinder {
  private static final double FIRST = 1e-7;
  private static final double LAST = 10;

  private LearningRateFinder() {}

  /**
   * @param runs where a run of {@code config} would be
   * @param steps over which the rate rises from 1e-7 to 10; fewer are done where the loss explodes
   */
  public static LearningRateCurve find(
      SparkSession spark, ExperimentConfig config, String data, Folder runs, int steps)
      throws IOException {
    TrainingEngine engine = Trainer.engine(spark);
    RunPlan plan = Trainer.plan(spark, engine, config, data, runs);
    TrainingRequest request =
        new TrainingRequest(
            config.loss(),
            config.train().asTrial((steps + plan.stepsPerEpoch() - 1) / plan.stepsPerEpoch()),
            new ExponentialRate(FIRST, LAST, steps),
            config.seed());
    TrainingData<?> samples =
        new TrainingData<>(
            plan.dataset().samples(Split.TRAIN),
            new LoadForNetwork(LoadSample.forTraining(config.augmentation(), config.seed())));
    TrainingState start = plan.start(spark.sparkContext().hadoopConfiguration());
    Observer observer = new Observer(steps);
    spark.sparkContext().setJobDescription("find a learning rate");
    try {
      new DataParallelTraining(engine).train(plan.network(), request, samples, start, observer);
    } catch (EnoughException e) {
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
        throw new EnoughException();
      }
    }

    @Override
    public Decision epochEnded(TrainingState state, EpochLoss loss) {
      return Decision.CONTINUE;
    }
  }

  /** Ends a training within an epoch. */
  private static final class EnoughException extends RuntimeException {}
}
