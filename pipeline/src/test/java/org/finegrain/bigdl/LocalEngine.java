package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.mkl.MKL;

/** Starts BigDL's engine without Spark, for tests of layers and networks in one JVM. */
public final class LocalEngine {
  private static boolean started;

  private LocalEngine() {}

  /** Starts the engine with two threads, once in each JVM. */
  public static synchronized void start() {
    if (!started) {
      System.setProperty("bigdl.localMode", "true");
      System.setProperty("bigdl.coreNumber", "2");
      Engine$.MODULE$.init();
      MKL.setNumThreads(2);
      System.clearProperty("bigdl.localMode");
      started = true;
    }
  }
}
