package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;

class CheckpointTimerTest {
  private long now;

  @Test
  void isDueAfterSteps() {
    CheckpointTimer times = times(Map.of("train.checkpoint.steps", "4"));
    assertThat(IntStream.rangeClosed(1, 9).filter(times::isDueAfter)).containsExactly(4, 8);
  }

  @Test
  void isDueAfterTheInterval() {
    CheckpointTimer times = times(Map.of("train.checkpoint.interval", "10s"));
    now = TimeUnit.SECONDS.toNanos(9);
    assertThat(times.isDueAfter(1)).isFalse();
    now = TimeUnit.SECONDS.toNanos(10);
    assertThat(times.isDueAfter(2)).isTrue();
    times.restart();
    assertThat(times.isDueAfter(3)).isFalse();
    now = TimeUnit.SECONDS.toNanos(20);
    assertThat(times.isDueAfter(4)).isTrue();
  }

  @Test
  void isNeverDueByDefault() {
    CheckpointTimer times = times(Map.of());
    now = TimeUnit.DAYS.toNanos(9);
    assertThat(IntStream.rangeClosed(1, 9).filter(times::isDueAfter)).isEmpty();
  }

  private CheckpointTimer times(Map<String, String> settings) {
    return new CheckpointTimer(
        ExperimentConfig.DEFAULTS.withOverrides(settings).train().interruption().checkpoint(),
        () -> now);
  }
}
