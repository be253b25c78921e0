package org.finegrain.bigdl.interop;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaFutureAction;

/** Waits on the driver for a job of Spark, for as long as it can still end. */
public final class JobWait {
  private static final long POLL_MILLIS = 100;

  private JobWait() {}

  /**
   * @param obstacle says why the job cannot end any more; it is cancelled then
   * @throws ExecutionException if the job fails or is cancelled
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

  public static void cancelIf(Supplier<Optional<String>> obstacle, JavaFutureAction<?> job)
      throws ExecutionException {
    Optional<String> why = obstacle.get();
    if (why.isPresent()) {
      job.cancel(true);
      throw new ExecutionException(new IllegalStateException(why.get()));
    }
  }
}
