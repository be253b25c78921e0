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

/** Notes which executors an application loses, and why: what follows from it does not say so. */
final class LostExecutors extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);

  private LostExecutors(SparkContext spark) {
    this.spark = spark;
    spark.addSparkListener(this);
  }

  /** From now on. */
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

  /** How many were lost so far. */
  int count() {
    return losses.size();
  }

  /** Names those that were lost, for a person, if there are more than {@code before}. */
  Optional<String> moreThan(int before) {
    return losses.size() > before ? text(Duration.ZERO) : Optional.empty();
  }

  /**
   * For a person; empty if none was. What follows from a loss is often known before the loss.
   *
   * @param patience how long to wait for word of one
   */
  Optional<String> text(Duration patience) {
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
