package org.finegrain.parallel;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A loop whose independent iterations, such as one for each image of a batch, run on a fixed number
 * of threads. The calling thread takes part, so that a loop makes progress even while all other
 * threads are busy.
 */
public final class ParallelLoop {
  private static volatile Runnable atThreadStart = () -> {};
  private static volatile ParallelLoop shared;

  private final int threads;
  private final ExecutorService helpers;

  /**
   * Creates a loop with threads of its own. They are started when they are first needed.
   *
   * @param threads the number of threads that work on the loop, the caller included; at least 1
   * @throws IllegalArgumentException if {@code threads} is below 1
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
   * Returns the loop that all kernels of this JVM share. It has the number of threads given to
   * {@link #configureShared}, or one thread for each processor if that was never called.
   */
  public static ParallelLoop shared() {
    ParallelLoop loop = shared;
    return loop == null ? createShared() : loop;
  }

  private static synchronized ParallelLoop createShared() {
    if (shared == null) {
      shared = new ParallelLoop(Runtime.getRuntime().availableProcessors());
    }
    return shared;
  }

  /**
   * Sets the number of threads of the shared loop. Whoever starts the kernels calls this before the
   * first of them is made: a kernel keeps the loop that was shared when it was made.
   *
   * @param threads the number of threads, the caller included; at least 1
   * @param atThreadStart what every thread that any loop starts from now on does first, such as
   *     leaving the processor that its starter is bound to
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public static synchronized void configureShared(int threads, Runnable atThreadStart) {
    ParallelLoop.atThreadStart = atThreadStart;
    if (shared == null || shared.threads != threads) {
      shared = new ParallelLoop(threads);
    }
  }

  /** Returns the number of threads that work on one loop, the caller included. */
  public int threads() {
    return threads;
  }

  /**
   * Calls {@code body} once for each index from 0 to {@code count} − 1, and returns when all calls
   * have ended. If calls fail, the others still take place, and then the first {@link
   * RuntimeException} or {@link Error} is thrown.
   */
  public void forEach(int count, IntConsumer body) {
    Run run = new Run(count, body);
    for (int helper = 1; helper < Math.min(threads, count); helper++) {
      helpers.execute(run);
    }
    run.run();
    run.join();
  }

  private static final class Worker extends Thread {
    Worker(Runnable work) {
      super(work, "finegrain-kernel");
      setDaemon(true);
    }

    @Override
    public void run() {
      atThreadStart.run();
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
