package org.finegrain.parallel;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs independent bodies, such as one for each image of a batch, on a fixed number of threads. The
 * calling thread takes part, so that a loop makes progress even while all others are busy.
 */
public final class ParallelLoop {
  private static volatile Runnable beginning = () -> {};

  private final int threads;
  private final ExecutorService helpers;

  /**
   * @param threads that work on one loop, the caller included
   */
  public ParallelLoop(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid number of threads: %d (must be at least 1)", threads));
    }
    this.threads = threads;
    this.helpers = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, Worker::new);
  }

  /**
   * The loop that this JVM's kernels share. It has as many threads as the engine, which {@code
   * bigdl.mklNumThreads} states: an executor's share of the machine; without it, one for each
   * processor.
   */
  public static ParallelLoop shared() {
    return Shared.LOOP;
  }

  /** What each thread that is started from now on does first, as to leave its starter's bounds. */
  public static void beginThreadsWith(Runnable first) {
    beginning = first;
  }

  /** Which work on one loop, the caller included. */
  public int threads() {
    return threads;
  }

  /**
   * Calls {@code body} once for each index below {@code count}, and returns when all have ended.
   *
   * @throws RuntimeException or {@link Error}, the first that a body threw
   */
  public void forEach(int count, IntConsumer body) {
    Run run = new Run(count, body);
    for (int helper = 1; helper < Math.min(threads, count); helper++) {
      helpers.execute(run);
    }
    run.run();
    run.join();
  }

  private static final class Shared {
    static final ParallelLoop LOOP =
        new ParallelLoop(
            Math.max(
                1,
                Integer.getInteger(
                    "bigdl.mklNumThreads", Runtime.getRuntime().availableProcessors())));
  }

  private static final class Worker extends Thread {
    Worker(Runnable work) {
      super(work, "finegrain-kernel");
      setDaemon(true);
    }

    @Override
    public void run() {
      beginning.run();
      super.run();
    }
  }

  private static final class Run implements Runnable {
    private final int count;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch ended;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Run(int count, IntConsumer body) {
      this.count = count;
      this.body = body;
      this.ended = new CountDownLatch(count);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          body.accept(i);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          ended.countDown();
        }
      }
    }

    /** Waits even when interrupted, because bodies still write to the caller's arrays. */
    void join() {
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof Error error) {
        throw error;
      }
      if (failure.get() instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
