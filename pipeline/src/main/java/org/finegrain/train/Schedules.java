package org.finegrain.train;

import java.util.List;
import java.util.Locale;
import org.finegrain.config.ScheduleConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.LearningRate;

/** The learning rate that a configuration means. */
final class Schedules {
  private Schedules() {}

  /**
   * The rate of each step of a run of {@code stepsPerEpoch} steps an epoch, scaled with the batch
   * if the configuration wants that.
   *
   * @throws RunException if the run is over before it has warmed up
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

  /** Counted from the end of warm-up. */
  private static List<Long> milestones(ScheduleConfig schedule, int stepsPerEpoch, long warmUp) {
    return schedule.milestones().stream()
        .map(epoch -> (long) epoch * stepsPerEpoch - warmUp)
        .toList();
  }
}
