package org.finegrain.engine;

import java.util.Optional;

/** The native library that BigDL computes with; chosen by {@code -Dbigdl.engineType}. */
public enum EngineKind {
  /** About five times as fast as the other; the default. */
  MKL_DNN("mkldnn"),
  /** The portable fallback. */
  MKL_BLAS("mklblas");

  private final String property;

  EngineKind(String property) {
    this.property = property;
  }

  /** The value of the property: {@code mkldnn} or {@code mklblas}. */
  public String property() {
    return property;
  }

  /** Empty if {@code property} is neither. */
  public static Optional<EngineKind> of(String property) {
    for (EngineKind kind : values()) {
      if (kind.property.equals(property)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
