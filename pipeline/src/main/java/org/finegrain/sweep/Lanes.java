package org.finegrain.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads that work on the trials of one sweep. One at a time has the turn, and only that one
 * touches what they share. A thread gives its turn up while it trains or waits.
 */
final class Lanes {
  private final int count;
  private final Semaphore turn = new Semaphore(1, true);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** The work of each thread. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Makes {@code count} lanes; a single one is the thread that runs them. */
  Lanes(int count) {
    this.count = count;
  }

  /**
   * Returns whether the work of a lane has failed, so that the others should begin nothing more.
   */
  boolean hasFailed() {
    return failure.get() != null;
  }

  /**
   * Does {@code work} in each lane, and waits until all have ended. If lanes fail, the others still
   * end, and then the first failure is thrown.
   */
  void run(Work work) throws IOException, InterruptedException {
    if (count == 1) {
      inTurn(work);
    } else {
      List<Thread> threads = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        Thread thread = new Thread(() -> inTurn(work), "finegrain-trials-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
      join(threads);
    }
    Throwable thrown = failure.get();
    if (thrown instanceof IOException e) {
      throw e;
    } else if (thrown instanceof InterruptedException e) {
      throw e;
    } else if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    } else if (thrown != null) { // Spark throws checked exceptions that it does not declare
      throw new IllegalStateException(thrown);
    }
  }

  private void inTurn(Work work) {
    turn.acquireUninterruptibly();
    try {
      work.run();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    } finally {
      turn.release();
    }
  }

  private void join(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          failure.compareAndSet(null, e);
          threads.forEach(Thread::interrupt);
        }
      }
    }
  }

  /** Waits without the lane's turn, so that others may have it. */
  void pause(Duration time) throws InterruptedException {
    turn.release();
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } finally {
      turn.acquireUninterruptibly();
    }
  }

  /** Does a part of a lane's work without its turn, so that others may have it. */
  <T> T outside(Callable<T> part) throws Exception {
    turn.release();
    try {
      return part.call();
    } finally {
      turn.acquireUninterruptibly();
    }
  }
}
