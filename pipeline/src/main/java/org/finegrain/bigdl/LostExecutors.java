package org.finegrain.bigdl;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Notes which executors an application loses, and why: what follows from it does not say so. */
final class LostExecutors extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final List<String> losses = new CopyOnWriteArrayList<>();

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
        "executor %s was lost (%s)".formatted(removed.executorId(), removed.reason().strip()));
  }

  /** For a person; empty if none was. */
  Optional<String> text() {
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", losses));
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
