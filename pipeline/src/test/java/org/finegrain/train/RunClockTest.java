package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunClockTest {
  private long now;

  @Test
  void speedIsThatOfTheStepsAndTimeThatOfTheEpoch() {
    RunClock clock = new RunClock(() -> now);
    clock.stepEnded(16, 8); // 2 s
    clock.stepEnded(16, 16); // 1 s
    now = 5_000_000_000L; // 2 s for validation and checkpoint
    assertThat(clock.imagesPerSecond()).isEqualTo(32 / 3.0);
    assertThat(clock.seconds()).isEqualTo(5);
  }

  @Test
  void everyEpochStartsAnew() {
    RunClock clock = new RunClock(() -> now);
    clock.stepEnded(16, 8);
    now = 5_000_000_000L;
    clock.restart();
    clock.stepEnded(16, 4);
    now = 9_000_000_000L;
    assertThat(clock.imagesPerSecond()).isEqualTo(4);
    assertThat(clock.seconds()).isEqualTo(4);
  }
}
