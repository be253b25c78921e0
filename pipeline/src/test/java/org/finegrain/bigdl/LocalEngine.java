package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.mkl.MKL;

/** BigDL's engine in this JVM alone, without Spark, as tests of single layers need it. */
public final class LocalEngine {
  private static boolean started;

  private LocalEngine() {}

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
