package org.finegrain.bigdl.settings;

import com.intel.analytics.bigdl.mkl.MKL;
import com.intel.analytics.bigdl.mkl.MklDnn;
import java.util.Optional;
import org.finegrain.engine.EngineKind;

/** The engine's native code, which each JVM unpacks into {@code java.io.tmpdir} and loads. */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Loads what {@code kind} computes with; returns why that fails. */
  public static Optional<String> fault(EngineKind kind) {
    try {
      if (kind == EngineKind.MKL_DNN && !MklDnn.isLoaded()) {
        return Optional.of("MKL-DNN is not loaded");
      }
      return MKL.isMKLLoaded() ? Optional.empty() : Optional.of("MKL is not loaded");
    } catch (LinkageError e) { // of a class whose initialiser loads the library
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(cause.toString());
    }
  }
}
