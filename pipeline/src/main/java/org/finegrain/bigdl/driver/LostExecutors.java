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
import org.finegrain.bigdl.group.Members;

/**
 * Notes which of a training's executors are lost, and why. The exceptions that follow from a loss
 * do not say it. The losses of other groups of executors are none of its.
 */
final class LostExecutors extends SparkListener implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final SparkContext spark;
  private final Members members;
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);

  private LostExecutors(Members members) {
    this.spark = members.spark().sc();
    this.members = members;
    spark.addSparkListener(this);
  }

  /**
   * Begins to note losses of any executor where the training has all of them. Where it has a group
   * of them, their losses count from the time when they became its.
   */
  static LostExecutors watch(Members members) {
    return new LostExecutors(members);
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

  /** Returns how many executors were lost so far that the training may do without. */
  int count() {
    return members.areAll() ? losses.size() : 0;
  }

  /** Names the lost executors for the user if there are more than {@code before}; else empty. */
  Optional<String> describeIfMoreThan(int before) {
    if (!members.areAll()) {
      return members.loss();
    }
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
      if (!members.areAll()) {
        return describeGroup(patience);
      }
      first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", losses));
  }

  private Optional<String> describeGroup(Duration patience) throws InterruptedException {
    Optional<String> loss = members.loss();
    for (long left = patience.toMillis(); loss.isEmpty() && left > 0; left -= POLL_MILLIS) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      loss = members.loss();
    }
    return loss;
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
