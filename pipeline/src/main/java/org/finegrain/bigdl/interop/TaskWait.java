package org.finegrain.bigdl.interop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;

/**
 * Waits in a task of Spark until something has happened or the task is cancelled. Spark does not
 * interrupt the thread of a cancelled task, as that would break the engine's classes for good while
 * they are being loaded. So the wait asks Spark every second whether the task is cancelled.
 */
public final class TaskWait {
  private TaskWait() {}

  /**
   * Waits for {@code future} and returns its result.
   *
   * @param what the name of what is waited for, such as "a batch"
   * @throws CompletionException if the future fails
   * @throws IllegalStateException if the task is cancelled or interrupted
   */
  public static <T> T await(CompletableFuture<T> future, String what) {
    while (true) {
      try {
        return future.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        requireNotCancelled(what);
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for " + what, e);
      }
    }
  }

  private static void requireNotCancelled(String what) {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new IllegalStateException("Cancelled while waiting for " + what);
    }
  }
}
