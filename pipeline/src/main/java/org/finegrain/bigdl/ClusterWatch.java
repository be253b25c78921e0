package org.finegrain.bigdl;

import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** Knows why Spark's jobs of a training fail where Spark's own account does not say it. */
record ClusterWatch(LostExecutors lost, StepDeadline deadline) implements AutoCloseable {
  /** From now on, for the jobs that this thread starts. */
  static ClusterWatch begin(JavaSparkContext spark, String training, Duration stepTimeout) {
    return new ClusterWatch(
        LostExecutors.watch(spark.sc()), StepDeadline.of(spark, training, stepTimeout));
  }

  /** What {@code thrown} comes from, for a person. */
  String cause(Exception thrown) {
    return deadline.missed().or(lost::text).orElse(thrown.getMessage());
  }

  @Override
  public void close() {
    deadline.close();
    lost.close();
  }
}
