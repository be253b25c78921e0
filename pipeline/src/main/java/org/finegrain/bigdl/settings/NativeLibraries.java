package org.finegrain.bigdl.settings;

import com.intel.analytics.bigdl.mkl.MKL;
import com.intel.analytics.bigdl.mkl.MklDnn;
import java.util.Optional;
import org.finegrain.engine.EngineKind;

/**
 * The engine's native libraries. Each JVM unpacks them into {@code java.io.tmpdir} and loads them.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Loads the libraries of {@code kind}, and returns why that fails; empty if it succeeds. */
  public static Optional<String> fault(EngineKind kind) {
    try {
      if (kind == EngineKind.MKL_DNN && !MklDnn.isLoaded()) {
        return Optional.of("MKL-DNN is not loaded");
      }
      return MKL.isMKLLoaded() ? Optional.empty() : Optional.of("MKL is not loaded");
    } catch (LinkageError e) { // the initialiser of a class loads the library
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(cause.toString());
    }
  }
}
