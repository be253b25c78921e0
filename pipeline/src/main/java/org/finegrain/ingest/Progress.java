package org.finegrain.ingest;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The report of a long job's progress on standard error. On a terminal it is one line that changes;
 * elsewhere a new line appears every ten seconds.
 */
final class Progress implements AutoCloseable {
  @SuppressWarnings("SystemConsoleNull") // the build admits Java 17 only, where null says so
  private static final boolean TERMINAL = System.console() != null;

  private static final Duration PERIOD = Duration.ofSeconds(TERMINAL ? 1 : 10);

  private final String task;
  private final long total;
  private final LongSupplier done;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          report -> {
            Thread thread = new Thread(report, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private Progress(String task, long total, LongSupplier done) {
    this.task = task;
    this.total = total;
    this.done = done;
  }

  static Progress start(String task, long total, LongSupplier done) {
    Progress progress = new Progress(task, total, done);
    long millis = PERIOD.toMillis();
    var unused =
        progress.timer.scheduleAtFixedRate(progress::print, millis, millis, TimeUnit.MILLISECONDS);
    return progress;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void print() {
    System.err.print(
        (TERMINAL ? "\r" : "") + line(done.getAsLong()) + (TERMINAL ? "\033[K" : "\n"));
    System.err.flush();
  }

  private String line(long count) {
    return line(task, count, total, seconds());
  }

  static String line(String task, long count, long total, double seconds) {
    double rate = count / seconds;
    String left = count == 0 ? "" : "  left " + words((total - count) / rate);
    return String.format(
        Locale.ROOT, "%s  %d/%d images  %.1f img/s%s", task, count, total, rate, left);
  }

  private static String words(double seconds) {
    long rounded = Math.round(seconds);
    if (rounded < 60) {
      return rounded + " s";
    }
    if (rounded < 3600) {
      return String.format(Locale.ROOT, "%d min %d s", rounded / 60, rounded % 60);
    }
    return String.format(Locale.ROOT, "%d h %d min", rounded / 3600, rounded % 3600 / 60);
  }

  /** Stops the report after a last line. */
  @Override
  public void close() {
    timer.shutdownNow();
    print();
    if (TERMINAL) {
      System.err.println();
    }
  }
}
