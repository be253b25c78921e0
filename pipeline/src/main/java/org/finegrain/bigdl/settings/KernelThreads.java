package org.finegrain.bigdl.settings;

import com.intel.analytics.bigdl.mkl.hardware.Affinity;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.parallel.ParallelLoop;

/**
 * The threads of the Java kernels. There are as many as the engine has.
 *
 * <p>With MKL-DNN, the engine binds the thread that calls it to one processor, and its own threads
 * to the others. A bound thread's children are bound with it: the kernels' threads would take turns
 * on the caller's processor while the engine's threads wait on theirs. So each of them leaves that
 * processor first.
 */
public final class KernelThreads {
  private KernelThreads() {}

  /** Sets the number of the kernels' threads. To be called before the first kernel is made. */
  public static void start() {
    ParallelLoop.configureShared(
        EngineOptions.kernelThreads(), BigDl.usesMklDnn() ? Affinity::resetAffinity : () -> {});
  }
}
