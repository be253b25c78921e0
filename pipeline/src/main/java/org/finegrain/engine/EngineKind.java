package org.finegrain.engine;

import java.util.Optional;

/** The native library that BigDL computes with. {@code -Dbigdl.engineType} chooses it. */
public enum EngineKind {
  /** The default, about five times as fast as {@link #MKL_BLAS}. */
  MKL_DNN("mkldnn"),
  /** The portable fallback. */
  MKL_BLAS("mklblas");

  private final String property;

  EngineKind(String property) {
    this.property = property;
  }

  /** Returns the value of the property: {@code mkldnn} or {@code mklblas}. */
  public String property() {
    return property;
  }

  /** Returns the kind that {@code property} names; empty if it names none. */
  public static Optional<EngineKind> of(String property) {
    for (EngineKind kind : values()) {
      if (kind.property.equals(property)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
