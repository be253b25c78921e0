package org.finegrain.bigdl.driver;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingFailedException;

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
  String cause(Throwable thrown) {
    return deadline
        .missed()
        .or(() -> lost.text(patience))
        .orElse(String.valueOf(thrown.getMessage()));
  }

  /** Says what part of a training failed. */
  interface Description {
    TrainingFailedException of(String why, Throwable cause);
  }

  /**
   * Returns what the user can act on: the sample that cannot be loaded, what is known of the
   * cluster, else Spark's own account.
   *
   * @param thrown by the wait for a job
   */
  RuntimeException failure(Exception thrown, Description description) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    return SampleLoadingException.behind(cause)
        .<RuntimeException>map(it -> it)
        .orElseGet(() -> description.of(cause(cause), cause));
  }

  @Override
  public void close() {
    deadline.close();
    lost.close();
  }
}
