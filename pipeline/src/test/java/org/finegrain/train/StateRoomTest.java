package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StateRoomTest {
  private static final long MIB = 1 << 20;

  @Test
  void noMoreIsTakenThanThereIs() {
    StateRoom room = new StateRoom(10 * MIB);
    AtomicInteger alive = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> trials = new ArrayList<>();
    for (int trial = 0; trial < 64; trial++) {
      trials.add(
          CompletableFuture.runAsync(
              () -> {
                StateRoom.Place place = room.take(3 * MIB - 1);
                most.accumulateAndGet(alive.incrementAndGet(), Math::max);
                LockSupport.parkNanos(100_000);
                alive.decrementAndGet();
                place.close();
              },
              task -> new Thread(task).start()));
    }
    trials.forEach(CompletableFuture::join);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void whatIsTooLargeGetsAllOfIt() {
    StateRoom room = new StateRoom(10 * MIB);
    room.take(1000 * MIB).close();
    StateRoom.Place place = room.take(10 * MIB);
    place.close();
    place.close(); // gives nothing back twice
    StateRoom.Place all = room.take(10 * MIB);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> room.take(MIB).close());
    assertThat(other).isNotDone();
    all.close();
    other.join();
  }
}
