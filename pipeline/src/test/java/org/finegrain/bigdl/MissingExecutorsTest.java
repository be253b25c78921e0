package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissingExecutorsTest {
  private final AtomicInteger registered = new AtomicInteger(2);
  private final AtomicLong seconds = new AtomicLong();
  private final MissingExecutors missing =
      new MissingExecutors(
          2, registered::get, Duration.ofSeconds(10), () -> seconds.get() * 1_000_000_000);

  @Test
  void waitsForMissingExecutorsUntilTheLimit() {
    seconds.set(100);
    assertThat(missing.forTooLong()).as("all are there").isEmpty();
    registered.set(1);
    seconds.set(110);
    assertThat(missing.forTooLong()).isEmpty();
    seconds.set(111);
    assertThat(missing.forTooLong())
        .hasValue(
            "waited 10 s (train.recovery.executor-timeout) for 2 executors, but only 1 registered");
  }

  @Test
  void aReplacedExecutorIsNotMissing() {
    registered.set(1);
    seconds.set(9);
    assertThat(missing.forTooLong()).isEmpty();
    registered.set(2);
    assertThat(missing.forTooLong()).isEmpty();
    registered.set(1);
    seconds.set(18);
    assertThat(missing.forTooLong()).isEmpty();
  }
}
