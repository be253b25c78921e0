package org.finegrain.bigdl.driver;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.engine.StepPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A limit on the time of a step, of the set-up and of fetching the state. Where it is exceeded, the
 * training's Spark jobs are cancelled, because an executor can hang in ways that Spark takes for
 * work. Only the thread that trains uses it.
 */
final class StepDeadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepDeadline.class);
  static final String GROUP = "spark.jobGroup.id"; // a job gets it from the thread that starts it

  private static final long LONGEST_TICK_MILLIS = 1_000;

  private final JavaSparkContext spark;
  private final String group;
  private final Duration limit;
  private final long tickMillis;
  private final LongSupplier nanoTime;
  private final String groupBefore;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Map<String, String> run = MDC.getCopyOfContextMap(); // so that its log has the warning
            Thread thread =
                new Thread(
                    () -> {
                      MDC.setContextMap(run == null ? Map.of() : run);
                      task.run();
                    },
                    "finegrain-step-deadline");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> pending;
  private volatile String missed;

  private StepDeadline(
      JavaSparkContext spark, String group, Duration limit, LongSupplier nanoTime) {
    this.spark = spark;
    this.group = group;
    this.limit = limit;
    this.tickMillis = Math.min(LONGEST_TICK_MILLIS, Math.max(1, limit.toMillis() / 10));
    this.nanoTime = nanoTime;
    this.groupBefore = spark.getLocalProperty(GROUP);
    spark.setLocalProperty(GROUP, group);
  }

  /** Creates the deadline of the jobs that this thread starts from now on. */
  static StepDeadline of(JavaSparkContext spark, String training, Duration limit) {
    return of(spark, training, limit, System::nanoTime);
  }

  /**
   * Creates the deadline of the jobs that this thread starts from now on.
   *
   * @param training the id of the training, which becomes the job group
   * @param limit the greatest time of each part
   * @param nanoTime returns the time as {@link System#nanoTime} does
   */
  static StepDeadline of(
      JavaSparkContext spark, String training, Duration limit, LongSupplier nanoTime) {
    return new StepDeadline(spark, training, limit, nanoTime);
  }

  /** Starts the clock for the set-up. */
  void setUpBegins() {
    begin("set up their replicas");
  }

  /** Starts the clock for fetching the state. */
  void stateBegins() {
    begin("hand over their state");
  }

  /** Starts the clock for a step. */
  void stepBegins(StepPosition position) {
    begin(
        String.format(
            Locale.ROOT, "compute step %d of epoch %d", position.step() + 1, position.epoch() + 1));
  }

  /** Stops the clock. */
  void ends() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  /** Returns what the driver waited for in vain, in a phrase for the user; empty if nothing. */
  Optional<String> missed() {
    return Optional.ofNullable(missed);
  }

  private void begin(String task) {
    pending =
        timer.scheduleWithFixedDelay(
            new Countdown(task), tickMillis, tickMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * The time that is left. It counts only while this process runs: a process that was stopped for
   * an hour has not waited for an hour.
   */
  private final class Countdown implements Runnable {
    private final String task;
    private long last = nanoTime.getAsLong();
    private long left = limit.toNanos();

    Countdown(String task) {
      this.task = task;
    }

    @Override
    public void run() {
      long now = nanoTime.getAsLong();
      left -= Math.min(now - last, TimeUnit.MILLISECONDS.toNanos(2 * tickMillis));
      last = now;
      if (left <= 0) {
        miss(task); // repeatedly, since a job may begin after the first time
      }
    }
  }

  private void miss(String task) {
    if (missed == null) {
      missed =
          String.format(
              Locale.ROOT,
              "waited %d s (train.recovery.step-timeout) for executors to %s",
              limit.toSeconds(),
              task);
      LOG.warn("Cancelling the jobs of the training: {}", missed);
    }
    spark.sc().cancelJobGroup(group);
  }

  @Override
  public void close() {
    ends();
    timer.shutdownNow();
    spark.setLocalProperty(GROUP, groupBefore);
  }
}
