package org.finegrain.bigdl.interop;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.dllib.utils.ThreadPool;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import scala.Function0;
import scala.collection.JavaConverters;

/** The threads of BigDL that replicas run on. BigDL has set how many threads MKL uses in each. */
public final class EnginePool {
  private EnginePool() {}

  /**
   * Runs the tasks at once, each on a thread of its own, and waits for all.
   *
   * @return their results, in the order of the tasks
   */
  public static <T> List<T> invokeAll(List<Function0<T>> tasks) {
    return JavaConverters.seqAsJavaList(
            pool().invokeAndWait2(BigDl.seq(tasks), Long.MAX_VALUE, TimeUnit.NANOSECONDS))
        .stream()
        .map(EnginePool::result)
        .toList();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while replicas were computing", e);
    }
  }

  private static ThreadPool pool() {
    return HiddenMember.ENGINE_DEFAULT.of(Engine$.MODULE$);
  }
}
