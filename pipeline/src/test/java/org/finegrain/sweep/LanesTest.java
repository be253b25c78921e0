package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Queue<Integer> waiting = new ArrayDeque<>(List.of(1, 2, 3, 4));
  private final List<Integer> done = new ArrayList<>(); // no lane may need another lock for it

  @Test
  void workAtTheSameTimeOutsideTheirTurns() throws Exception {
    Lanes lanes = new Lanes(2);
    CyclicBarrier both = new CyclicBarrier(2);
    lanes.run(
        () -> {
          while (!waiting.isEmpty()) {
            int number = waiting.remove();
            meet(lanes, both);
            done.add(number);
          }
        });
    assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  private static void meet(Lanes lanes, CyclicBarrier both) {
    try {
      lanes.outside(() -> both.await(1, TimeUnit.MINUTES));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theOthersEndTheirWorkWhenOneFails() {
    Lanes lanes = new Lanes(2);
    CyclicBarrier both = new CyclicBarrier(2);
    assertThatThrownBy(
            () ->
                lanes.run(
                    () -> {
                      while (!lanes.hasFailed() && !waiting.isEmpty()) {
                        int number = waiting.remove();
                        meet(lanes, both);
                        if (number == 1) {
                          throw new IOException("the store is gone");
                        }
                        done.add(number);
                        while (!lanes.hasFailed()) {
                          pause(lanes);
                        }
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the store is gone");
    assertThat(done).containsExactly(2);
  }

  private static void pause(Lanes lanes) {
    try {
      lanes.outside(
          () -> {
            TimeUnit.MILLISECONDS.sleep(5);
            return null;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
