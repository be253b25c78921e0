package org.finegrain.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelLoopTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void callsEachIndexOnce(int threads) {
    ParallelLoop loop = new ParallelLoop(threads);
    for (int count : new int[] {0, 1, 2, 100}) {
      AtomicIntegerArray calls = new AtomicIntegerArray(count);
      loop.forEach(count, calls::incrementAndGet);
      for (int i = 0; i < count; i++) {
        assertThat(calls.get(i)).isOne();
      }
    }
  }

  @Test
  void aFailureIsThrownAfterAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                new ParallelLoop(3)
                    .forEach(
                        10,
                        i -> {
                          ended.incrementAndGet();
                          if (i == 4) {
                            throw new IllegalStateException("image 4");
                          }
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("image 4");
    assertThat(ended).hasValue(10);
  }

  @Test
  void loopsInsideLoopsEnd() {
    ParallelLoop loop = new ParallelLoop(2);
    int[] sums = new int[8];

    loop.forEach(8, i -> loop.forEach(1, j -> sums[i] += i));

    assertThat(Arrays.stream(sums).sum()).isEqualTo(28);
  }

  @Test
  void theSharedLoopHasTheThreadsThatItIsGiven() {
    int before = ParallelLoop.shared().threads();
    try {
      // Threads of other loops may start late, and then do the same.
      Set<Thread> started = ConcurrentHashMap.newKeySet();
      Set<Thread> helpers = ConcurrentHashMap.newKeySet();
      ParallelLoop.configureShared(before + 1, () -> started.add(Thread.currentThread()));
      CyclicBarrier allThreads = new CyclicBarrier(before + 1);

      ParallelLoop.shared()
          .forEach(
              before + 1,
              i -> {
                helpers.add(Thread.currentThread());
                await(allThreads);
              });

      assertThat(ParallelLoop.shared().threads()).isEqualTo(before + 1);
      helpers.remove(Thread.currentThread());
      assertThat(helpers).hasSize(before);
      assertThat(started).containsAll(helpers);
    } finally {
      ParallelLoop.configureShared(before, () -> {});
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesNoThread() {
    assertThatThrownBy(() -> new ParallelLoop(0))
        .hasMessage("Invalid number of threads: 0 (must be at least 1)");
  }
}
