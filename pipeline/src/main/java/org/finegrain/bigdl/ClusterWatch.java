package org.finegrain.bigdl;

import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** Knows why Spark's jobs of a training fail where Spark's own account does not say it. */
record ClusterWatch(LostExecutors lost, Duration patience, StepDeadline deadline)
    implements AutoCloseable {
  /** An executor that misses another fails at once; that other's worker reports its end later. */
  private static final Duration UNTIL_REPORTED = Duration.ofSeconds(5);

  /** From now on, for the jobs that this thread starts. */
  static ClusterWatch begin(JavaSparkContext spark, String training, Duration stepTimeout) {
    return new ClusterWatch(
        LostExecutors.watch(spark.sc()),
        spark.isLocal() ? Duration.ZERO : UNTIL_REPORTED,
        StepDeadline.of(spark, training, stepTimeout));
  }

  /** What {@code thrown} comes from, for a person. */
  String cause(Exception thrown) {
    return deadline.missed().or(() -> lost.text(patience)).orElse(thrown.getMessage());
  }

  @Override
  public void close() {
    deadline.close();
    lost.close();
  }
}
