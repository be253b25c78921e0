package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private final AtomicLong nanoTime = new AtomicLong(5);

  @Test
  void aRunEndsWithItsOwnTimeOrThatOfTheSweep() {
    TimeBudget sweep = TimeBudget.begin("sweep.max-duration", hours(3), nanoTime::get);
    TimeBudget first = sweep.ofRunWithin(hours(2));
    pass(2);
    assertThat(first.usedUp()).isEmpty();
    pass(0.1);
    assertThat(first.usedUp()).contains("train.max-duration");
    assertThat(sweep.isUsedUp()).isFalse();

    TimeBudget second = sweep.ofRunWithin(hours(2));
    TimeBudget unlimited = sweep.ofRunWithin(Optional.empty());
    assertThat(second.isUsedUp()).isFalse();
    pass(1);
    assertThat(second.usedUp()).contains("sweep.max-duration");
    assertThat(unlimited.usedUp()).contains("sweep.max-duration");
  }

  @Test
  void withoutALimitThereIsAlwaysTime() {
    TimeBudget budget = TimeBudget.begin("sweep.max-duration", Optional.empty(), nanoTime::get);
    pass(1e6);
    assertThat(budget.isUsedUp()).isFalse();
    assertThat(budget.ofRunWithin(Optional.empty()).isUsedUp()).isFalse();
  }

  private static Optional<Duration> hours(long hours) {
    return Optional.of(Duration.ofHours(hours));
  }

  private void pass(double hours) {
    nanoTime.addAndGet((long) (hours * Duration.ofHours(1).toNanos()));
  }
}
