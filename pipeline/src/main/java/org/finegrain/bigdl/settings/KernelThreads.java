package org.finegrain.bigdl.settings;

import com.intel.analytics.bigdl.mkl.hardware.Affinity;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.parallel.ParallelLoop;

/**
 * The threads of our kernels in Java. There are as many as the engine has.
 *
 * <p>With MKL-DNN, the engine binds the thread that calls it to one processor, and its own threads
 * to the others. A thread inherits this binding from the thread that starts it. The kernels'
 * threads would therefore all run on the caller's processor, while the engine's threads wait on
 * theirs. So every kernel thread first removes its binding.
 */
public final class KernelThreads {
  private KernelThreads() {}

  /**
   * Sets the number of the kernels' threads, and has each remove its binding. Call it before the
   * first kernel is made.
   */
  public static void configure() {
    ParallelLoop.configureShared(
        EngineOptions.kernelThreads(), BigDl.usesMklDnn() ? Affinity::resetAffinity : () -> {});
  }
}
