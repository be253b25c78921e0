package org.finegrain.bigdl.feed;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that load samples for one training in one process. They are daemons, and end when
 * they have been idle for a while. So they end even if their executor never hears of the training's
 * end.
 */
final class LoaderThreads {
  private static final int IDLE_SECONDS = 30;

  private LoaderThreads() {}

  /**
   * Returns a new pool of threads.
   *
   * @param training part of the threads' name
   * @param count the number of threads: no more than the executor has cores, since its host may do
   *     other work
   */
  static ThreadPoolExecutor start(String training, int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "finegrain-loader-" + training);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
