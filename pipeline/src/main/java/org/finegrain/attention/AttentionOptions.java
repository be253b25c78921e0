package org.finegrain.attention;

import java.io.Serializable;
import org.finegrain.parallel.ParallelLoop;

/** An attention module with its options. It makes the kernels that compute it. */
public sealed interface AttentionOptions extends Serializable
    permits AamOptions, SeOptions, EcaOptions, CbamOptions {

  /**
   * Returns a new kernel over feature maps of so many channels. Each replica needs a kernel of its
   * own.
   */
  default AttentionKernel kernel(int channels) {
    return kernel(channels, ParallelLoop.shared());
  }

  /** Returns a new kernel that computes with the threads of {@code loop}. */
  AttentionKernel kernel(int channels, ParallelLoop loop);
}
