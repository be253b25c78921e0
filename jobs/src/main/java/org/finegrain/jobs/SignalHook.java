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
 * The end of a process by a signal, such as Ctrl-C, before its command has ended. It cancels
 * Spark's jobs, so that the command closes what it has begun, and says in one line how to go on.
 */
final class SignalHook {
  /** Before Spark's own hook, which stops the context, and Hadoop's, which closes file systems. */
  private static final int PRIORITY = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 50;

  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);

  SignalHook(PrintStream err) {
    this.err = err;
  }

  /**
   * @param advice what to print if a signal comes from now on
   */
  void commandBegins(String advice) {
    ShutdownHookManager.get()
        .addShutdownHook(() -> run(advice), PRIORITY, PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
  }

  /** From now on a signal, or the end of the process, finds nothing to close. */
  void commandEnded() {
    ended.countDown();
  }

  private void run(String advice) {
    if (ended.getCount() == 0) {
      return;
    }
    Interruption.begin();
    Logs.silence(); // what Spark says of its jobs' end is no news, nor what Scala prints by itself
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
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
