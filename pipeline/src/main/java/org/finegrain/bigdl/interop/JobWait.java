package org.finegrain.bigdl.interop;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaFutureAction;

/** Waits on the driver for a Spark job, and gives up when the job can no longer end. */
public final class JobWait {
  private static final long POLL_MILLIS = 100;

  private JobWait() {}

  /**
   * Waits for a job and returns its result.
   *
   * @param obstacle returns why the job can no longer end; empty while it can
   * @throws ExecutionException if the job fails, or is cancelled because of an obstacle
   */
  public static <T> T await(JavaFutureAction<T> job, Supplier<Optional<String>> obstacle)
      throws ExecutionException, InterruptedException {
    while (true) {
      try {
        return job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        cancelIf(obstacle, job);
      }
    }
  }

  /**
   * Cancels a job that can no longer end.
   *
   * @param obstacle returns why the job can no longer end; empty while it can
   * @throws ExecutionException with the reason, if the job was cancelled
   */
  public static void cancelIf(Supplier<Optional<String>> obstacle, JavaFutureAction<?> job)
      throws ExecutionException {
    Optional<String> why = obstacle.get();
    if (why.isPresent()) {
      job.cancel(true);
      throw new ExecutionException(new IllegalStateException(why.get()));
    }
  }
}
