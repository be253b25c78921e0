package org.finegrain.train;

import java.util.List;
import java.util.Locale;
import org.finegrain.config.ScheduleConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.LearningRate;

/** Makes the learning-rate schedule of a configuration. */
final class Schedules {
  private Schedules() {}

  /**
   * Returns the learning rate of each step of a run with {@code stepsPerEpoch} steps in an epoch.
   * The rate is scaled with the batch if the configuration asks for it.
   *
   * @throws RunException if the warm-up is longer than the run
   */
  static LearningRate of(TrainConfig config, int stepsPerEpoch) {
    ScheduleConfig schedule = config.schedule();
    long warmUp = schedule.warmUp().steps(stepsPerEpoch);
    long steps = (long) config.epochs() * stepsPerEpoch - warmUp;
    if (steps <= 0) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot warm up for %d steps in a run of %d: lower train.schedule.warm-up.steps",
              warmUp,
              steps + warmUp));
    }
    double scale = config.step().optimizer().rateScale(config.step().batchSize());
    double start = scale * config.step().optimizer().learningRate();
    double end = scale * schedule.endLearningRate();
    LearningRate rate =
        switch (schedule.kind()) {
          case POLY -> new PolySchedule(start, end, schedule.power(), steps);
          case COSINE -> new CosineSchedule(start, end, steps);
          case MULTI_STEP ->
              new MultiStepSchedule(
                  start, schedule.gamma(), milestones(schedule, stepsPerEpoch, warmUp));
          case CONSTANT -> new MultiStepSchedule(start, 1, List.of());
        };
    return warmUp == 0 ? rate : new WarmUp(schedule.warmUp().factor(), warmUp, rate);
  }

  /** Returns the steps of the milestones, counted from the end of warm-up. */
  private static List<Long> milestones(ScheduleConfig schedule, int stepsPerEpoch, long warmUp) {
    return schedule.milestones().stream()
        .map(epoch -> (long) epoch * stepsPerEpoch - warmUp)
        .toList();
  }
}
