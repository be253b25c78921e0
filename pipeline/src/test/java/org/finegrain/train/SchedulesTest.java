package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.LearningRate;
import org.junit.jupiter.api.Test;

/** Tests what {@link ScheduleGoldenTest} does not: the scale, and the ends. */
class SchedulesTest {
  private static final int STEPS = 10; // in an epoch

  @Test
  void theDefaultScheduleIsThePapers() {
    assertThat(Schedules.of(ExperimentConfig.DEFAULTS.train(), STEPS))
        .isEqualTo(new PolySchedule(1e-4, 1e-6, 0.9, 200 * STEPS));
  }

  @Test
  void theWholeScheduleGrowsWithTheBatch() {
    Map<String, String> cosine =
        Map.of("train.schedule.kind", "cosine", "train.schedule.warm-up.epochs", "1");
    ExperimentConfig plain = ExperimentConfig.DEFAULTS.withOverrides(cosine);
    ExperimentConfig scaled =
        plain.withOverrides(
            Map.of("train.batch-size", "64", "train.optimizer.scale-with-batch", "16"));
    LearningRate one = Schedules.of(plain.train(), STEPS);
    LearningRate four = Schedules.of(scaled.train(), STEPS);
    for (long step : new long[] {0, 5, 10, 77, 1999}) {
      assertThat(four.at(step)).isCloseTo(4 * one.at(step), within(1e-15));
    }
  }

  @Test
  void refusesAWarmUpLongerThanTheRun() {
    ExperimentConfig config =
        ExperimentConfig.DEFAULTS.withOverrides(
            Map.of("train.epochs", "2", "train.schedule.warm-up.steps", "20"));
    assertThatThrownBy(() -> Schedules.of(config.train(), STEPS))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "Cannot warm up for 20 steps in a run of 20: lower train.schedule.warm-up.steps");
  }
}
