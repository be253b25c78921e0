package org.finegrain.bigdl;

import com.intel.analytics.bigdl.mkl.hardware.Affinity;
import org.finegrain.parallel.ParallelLoop;

/**
 * The engine binds the thread that calls it to one processor, and its own threads to the others.
 * Threads that a bound thread starts are bound with it: the kernels' threads would take turns on
 * the caller's processor while the engine's wait on theirs.
 */
final class KernelThreads {
  private KernelThreads() {}

  /** To be called before the first kernel. */
  static void useAllProcessors() {
    ParallelLoop.beginThreadsWith(Affinity::resetAffinity);
  }
}
