package org.finegrain.bigdl;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a training whose step, or whose setting up of replicas, does not end, by cancelling its
 * Spark jobs: an executor can hang in ways that Spark takes for work. Used from the thread that
 * trains.
 */
final class StepDeadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepDeadline.class);
  private static final String GROUP = "spark.jobGroup.id"; // a job takes it from its thread

  private final JavaSparkContext spark;
  private final String group;
  private final Duration limit;
  private final String groupBefore;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "finegrain-step-deadline");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> pending;
  private volatile String missed;

  private StepDeadline(JavaSparkContext spark, String group, Duration limit) {
    this.spark = spark;
    this.group = group;
    this.limit = limit;
    this.groupBefore = spark.getLocalProperty(GROUP);
    spark.setLocalProperty(GROUP, group);
  }

  /** For the jobs that this thread starts from now on. */
  static StepDeadline of(JavaSparkContext spark, String training, Duration limit) {
    return new StepDeadline(spark, training, limit);
  }

  void setUpBegins() {
    begin("set up their replicas");
  }

  void stepBegins(StepPosition position) {
    begin(
        String.format(
            Locale.ROOT, "compute step %d of epoch %d", position.step() + 1, position.epoch() + 1));
  }

  void ends() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  /** What was waited for, if it was cancelled. */
  Optional<String> missed() {
    return Optional.ofNullable(missed);
  }

  private void begin(String task) {
    pending = timer.schedule(() -> miss(task), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void miss(String task) {
    missed =
        String.format(
            Locale.ROOT,
            "waited %d s (train.recovery.step-timeout) for executors to %s",
            limit.toSeconds(),
            task);
    LOG.warn("{}; cancelling it", missed);
    spark.sc().cancelJobGroup(group);
  }

  @Override
  public void close() {
    ends();
    timer.shutdownNow();
    spark.setLocalProperty(GROUP, groupBefore);
  }
}
