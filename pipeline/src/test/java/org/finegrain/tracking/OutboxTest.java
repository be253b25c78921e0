package org.finegrain.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final Outbox outbox = new Outbox("http://a.test");

  @Test
  void deliversInOrderAndTriesAgainWhatMaySucceed() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    outbox.add(() -> delivered.add("first"));
    outbox.add(
        () -> {
          if (tries.incrementAndGet() == 1) {
            throw MlflowException.refused("HTTP status 503", 503, "");
          }
          delivered.add("second");
        });
    outbox.add(arrived::countDown);
    arrived.await();
    outbox.close(Duration.ofMinutes(1));
    assertThat(delivered).containsExactly("first", "second");
  }

  @Test
  void leavesOutWhatIsRefusedOrFaulty() {
    outbox.add(
        () -> {
          throw MlflowException.refused("HTTP status 400", 400, "INVALID_PARAMETER_VALUE");
        });
    outbox.add(
        () -> {
          throw new IllegalStateException("a fault of this program");
        });
    outbox.add(() -> delivered.add("last"));
    outbox.close(Duration.ofMinutes(1));
    assertThat(delivered).containsExactly("last");
  }

  @Test
  void closingEndsTheTriesAndDoesNotWaitForAMessageThatHangs() {
    AtomicInteger tries = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      outbox.add(
          () -> {
            tries.incrementAndGet();
            throw MlflowException.unreachable("Connection refused", new Exception());
          });
    }
    outbox.close(Duration.ofMinutes(1));
    assertThat(tries.get()).as("of the first message alone").isBetween(1, 2);

    Outbox hanging = new Outbox("http://b.test");
    CountDownLatch ended = new CountDownLatch(1);
    hanging.add(
        () -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.countDown();
          }
        });
    hanging.close(Duration.ofMillis(50));
    assertThat(ended).satisfies(CountDownLatch::await);
  }

  @Test
  void aFullOutboxDoesNotDelayTheWork() {
    CountDownLatch open = new CountDownLatch(1);
    outbox.add(open::await);
    for (int i = 0; i < 10_100; i++) {
      outbox.add(() -> delivered.add(""));
    }
    open.countDown();
    outbox.close(Duration.ofMinutes(1));
    assertThat(delivered).hasSizeBetween(9_999, 10_000);
  }
}
