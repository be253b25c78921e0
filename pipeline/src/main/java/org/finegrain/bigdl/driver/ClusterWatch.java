package org.finegrain.bigdl.driver;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.group.Members;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingFailedException;

/**
 * Finds out why a Spark job of a training failed, where Spark's own message does not say it.
 *
 * @param lost the executors that were lost since the watch began
 * @param patience how long to wait for news of a lost executor
 * @param deadline the deadline of the training's steps
 */
record ClusterWatch(LostExecutors lost, Duration patience, StepDeadline deadline)
    implements AutoCloseable {
  /**
   * How long the loss of an executor takes to be reported. Tasks on the other executors fail
   * immediately; the lost executor's worker reports the loss seconds later.
   */
  private static final Duration UNTIL_REPORTED = Duration.ofSeconds(5);

  /** Begins to watch the jobs that this thread starts. */
  static ClusterWatch begin(Members members, String training, Duration stepTimeout) {
    JavaSparkContext spark = members.spark();
    return new ClusterWatch(
        LostExecutors.watch(members),
        spark.isLocal() ? Duration.ZERO : UNTIL_REPORTED,
        StepDeadline.of(spark, training, stepTimeout));
  }

  /** Returns the cause of {@code thrown} in a phrase for the user. */
  String cause(Throwable thrown) {
    return deadline
        .missed()
        .or(() -> lost.describe(patience))
        .orElse(String.valueOf(thrown.getMessage()));
  }

  /** Makes the exception that says which part of a training failed. */
  interface FailedPart {
    TrainingFailedException exception(String why, Throwable cause);
  }

  /**
   * Returns the exception for the most specific cause: a sample that cannot be loaded, else the
   * state of the cluster, else Spark's own message.
   *
   * @param thrown what the wait for a job threw
   * @param part the part of the training that failed
   */
  RuntimeException failure(Exception thrown, FailedPart part) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    return SampleLoadingException.behind(cause)
        .<RuntimeException>map(failure -> failure)
        .orElseGet(() -> part.exception(cause(cause), cause));
  }

  @Override
  public void close() {
    deadline.close();
    lost.close();
  }
}
