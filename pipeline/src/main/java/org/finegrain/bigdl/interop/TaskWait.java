package org.finegrain.bigdl.interop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;

/**
 * Waits in a task of Spark. A task that was cancelled gives its core back: its thread is not
 * interrupted, as that would break the engine's classes for good where they are just being loaded.
 */
public final class TaskWait {
  private TaskWait() {}

  /**
   * @param what is waited for, such as "a batch"
   * @throws CompletionException if it fails
   * @throws IllegalStateException if the task is cancelled
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
