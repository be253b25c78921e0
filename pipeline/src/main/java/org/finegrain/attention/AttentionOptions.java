package org.finegrain.attention;

import java.io.Serializable;

/** Which attention module, and with which options. */
public sealed interface AttentionOptions extends Serializable
    permits AamOptions, SeOptions, EcaOptions, CbamOptions {

  /** Each call makes a new one: a kernel serves one model replica. */
  AttentionKernel kernel(int channels);
}
