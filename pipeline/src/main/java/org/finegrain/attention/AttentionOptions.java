package org.finegrain.attention;

import java.io.Serializable;

/** An attention module with its options. It makes the kernels that compute it. */
public sealed interface AttentionOptions extends Serializable
    permits AamOptions, SeOptions, EcaOptions, CbamOptions {

  /**
   * Returns a new kernel over feature maps of so many channels. Each replica needs a kernel of its
   * own.
   */
  AttentionKernel kernel(int channels);
}
