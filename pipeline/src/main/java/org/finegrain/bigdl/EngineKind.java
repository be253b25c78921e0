package org.finegrain.bigdl;

/** The native library that BigDL computes with; chosen by {@code -Dbigdl.engineType}. */
public enum EngineKind {
  /** {@code mkldnn}: about five times as fast as the other; the default. */
  MKL_DNN,
  /** {@code mklblas}: the portable fallback. */
  MKL_BLAS
}
