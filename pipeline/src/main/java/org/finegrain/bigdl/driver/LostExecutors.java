package org.finegrain.bigdl.driver;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Notes which executors an application loses, and why. The exceptions that follow from a loss do
 * not say it.
 */
final class LostExecutors extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);

  private LostExecutors(SparkContext spark) {
    this.spark = spark;
    spark.addSparkListener(this);
  }

  /** Begins to note losses. */
  static LostExecutors watch(SparkContext spark) {
    return new LostExecutors(spark);
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    losses.add(
        String.format(
            Locale.ROOT,
            "executor %s was lost (%s)",
            removed.executorId(),
            removed.reason().strip()));
    first.countDown();
  }

  /** Returns how many executors were lost so far. */
  int count() {
    return losses.size();
  }

  /** Names the lost executors for the user if there are more than {@code before}; else empty. */
  Optional<String> describeIfMoreThan(int before) {
    return losses.size() > before ? describe(Duration.ZERO) : Optional.empty();
  }

  /**
   * Names the lost executors for the user; empty if none was lost. The consequences of a loss are
   * often known before the loss.
   *
   * @param patience how long to wait for the first loss
   */
  Optional<String> describe(Duration patience) {
    try {
      first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", losses));
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
