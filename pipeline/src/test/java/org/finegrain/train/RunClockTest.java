package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.finegrain.engine.StepTimes;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private long now;

  @Test
  void speedIsThatOfTheStepsAndTimeThatOfTheEpoch() {
    RunClock clock = new RunClock(() -> now);
    clock.stepEnded(16, 8); // 2 s
    clock.stepEnded(16, 16); // 1 s
    now = 5_000_000_000L; // 2 s for validation and checkpoint
    assertThat(clock.read().imagesPerSecond()).isEqualTo(32 / 3.0);
    assertThat(clock.seconds()).isEqualTo(5);
  }

  @Test
  void everyEpochStartsAtZero() {
    RunClock clock = new RunClock(() -> now);
    clock.stepEnded(16, 8);
    now = 5_000_000_000L;
    clock.restart();
    clock.stepEnded(16, 4);
    now = 9_000_000_000L;
    assertThat(clock.read().imagesPerSecond()).isEqualTo(4);
    assertThat(clock.seconds()).isEqualTo(4);
  }

  @Test
  void anEpochThatWasStoppedHasTheTimeOfBothAttempts() {
    RunClock stopped = new RunClock(() -> now);
    stopped.stepEnded(16, 8); // 2 s
    stopped.stepTimed(new StepTimes(0.5, 1, 0.25, 0.5));
    now = 3_000_000_000L;
    RunClock resumed = new RunClock(() -> now, stopped.read());
    resumed.stepEnded(16, 16); // 1 s
    resumed.stepTimed(new StepTimes(0, 1, 0.5, 0));
    now = 5_000_000_000L;
    assertThat(resumed.read()).isEqualTo(new EpochTime(5, 32, 3, new StepTimes(0.5, 2, 0.75, 0.5)));
  }
}
