package org.finegrain.cost;

import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.GradientCompression;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.Topology;
import org.finegrain.image.EvaluationView;
import org.finegrain.sweep.Trial;
import org.finegrain.train.CheckpointSize;
import org.finegrain.train.TrainingSpeed;

/**
 * The work of a trial.
 *
 * @param network the settings that decide how long its steps take
 * @param parameters the number of parameters of its network
 * @param checkpoints the size of its checkpoints
 */
record Workload(
    Trial trial,
    ExperimentConfig config,
    NetworkKey network,
    DatasetSize data,
    long parameters,
    CheckpointSize checkpoints) {
  private static final int WEIGHT_BYTES = 4;
  private static final Topology ONE_REPLICA = new Topology(EngineKind.MKL_DNN, 1, 1);

  int epochs() {
    return config.train().epochs();
  }

  /**
   * Returns how an epoch is divided into steps on these executors.
   *
   * @throws IllegalArgumentException if the trial cannot be trained on them; the message says why
   */
  EpochPlan epoch(Topology topology) {
    return EpochPlan.of(
        data.train(),
        config.train().step().batchSize(),
        config.train().step().lastBatch(),
        topology);
  }

  /** Returns the number of images that all steps are computed on; 0 if there is no step. */
  long trained() {
    try {
      EpochPlan epoch = epoch(ONE_REPLICA);
      return (long) epochs() * epoch.steps() * epoch.batchSize();
    } catch (IllegalArgumentException e) { // fewer images than a batch: time() names it
      return 0;
    }
  }

  /** Returns the number of images scored: validation after each epoch, and each view of test. */
  long scored() {
    int views = EvaluationView.of(config.evaluation().testTimeAugmentation()).size();
    return epochs() * data.val() + views * data.test();
  }

  /**
   * Returns the seconds of the trial where its speed was seen.
   *
   * @throws IllegalArgumentException as {@link #epoch}
   */
  double seconds(TrainingSpeed speed, Topology seen) {
    epoch(seen);
    return speed.seconds(trained(), scored());
  }

  /**
   * Predicts the seconds of the trial on another number of executors like those where its speed was
   * seen. An executor's passes take their time in proportion to its images. Scoring is shared.
   *
   * @throws IllegalArgumentException as {@link #epoch}
   */
  double predictedSeconds(TrainingSpeed speed, Topology seen, int executors) {
    EpochPlan epoch = epoch(new Topology(seen.engine(), executors, seen.coresPerExecutor()));
    double step = StepModel.seconds(speed.pass() * epoch.samplesOf(0), executors, exchangedBytes());
    double scoring = scored() * speed.scoring() * seen.executors() / executors;
    return (double) epochs() * epoch.steps() * step + scoring;
  }

  /** Returns the bytes of all gradients and weights, as executors send them to each other. */
  private double exchangedBytes() {
    boolean compressed = config.train().step().gradientCompression() != GradientCompression.NONE;
    return (double) parameters * (compressed ? WEIGHT_BYTES + WEIGHT_BYTES / 2 : 2 * WEIGHT_BYTES);
  }
}
