package org.finegrain.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.finegrain.environment.Interruption;

/**
 * Handles a signal, such as Ctrl-C, that ends the process before its command has ended. It cancels
 * Spark's jobs, so that the command can close its files, and prints one line that says how to go
 * on.
 */
final class SignalHook {
  /** Runs before Spark's hook, which stops the context, and Hadoop's, which closes file systems. */
  private static final int PRIORITY = 1_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 50;

  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);

  SignalHook(PrintStream err) {
    this.err = err;
  }

  /**
   * Notes that a command begins.
   *
   * @param advice the line to print if a signal comes from now on
   */
  void commandBegins(String advice) {
    ShutdownHookManager.get()
        .addShutdownHook(() -> run(advice), PRIORITY, TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
  }

  /** Notes that the command has ended, so that a signal has nothing to cancel. */
  void commandEnded() {
    ended.countDown();
  }

  private void run(String advice) {
    if (ended.getCount() == 0) {
      return;
    }
    Interruption.begin();
    Logs.turnOff(); // neither Spark's errors of cancelled jobs nor what Scala prints help the user
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (!ended.await(POLL_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
        SparkSessions.cancelJobs();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    err.println(advice);
    err.flush();
  }
}
