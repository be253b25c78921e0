package org.finegrain.bigdl.feed;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that load samples in one process for one training. They are daemons and end when
 * nothing was asked of them for a while, so none outlives a training whose end they were not told.
 */
final class LoaderThreads {
  private static final int IDLE_SECONDS = 30;

  private LoaderThreads() {}

  /**
   * @param count as many as the executor has cores: its host may have others to compute for
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
