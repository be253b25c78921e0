package org.finegrain.bigdl;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * What the engine was told when a JVM started; later is too late. Null where it was not told.
 *
 * @param type {@code -Dbigdl.engineType}
 * @param threads {@code -Dbigdl.mklNumThreads}
 * @param affinityDisabled {@code -Dbigdl.disableOmpAffinity}: whether threads may move between
 *     cores
 * @param vectors {@code --add-modules=jdk.incubator.vector}, which attention on MKL-DNN's feature
 *     maps needs
 */
public record EngineOptions(String type, String threads, boolean affinityDisabled, boolean vectors)
    implements Serializable {
  private static final String TYPE = "bigdl.engineType";
  private static final String THREADS = "bigdl.mklNumThreads";
  private static final String AFFINITY = "bigdl.disableOmpAffinity";
  private static final String VECTORS = "jdk.incubator.vector";

  /** Of this JVM. */
  public static EngineOptions current() {
    return new EngineOptions(
        System.getProperty(TYPE),
        System.getProperty(THREADS),
        Boolean.getBoolean(AFFINITY),
        ModuleLayer.boot().findModule(VECTORS).isPresent());
  }

  /** Empty if the type is missing or unknown. */
  public Optional<EngineKind> kind() {
    return EngineKind.of(type);
  }

  /** Why an engine cannot start with these, and the remedy; empty if it can. */
  public Optional<String> fault() {
    if (type == null) {
      return Optional.of(missing("-D" + TYPE + "=mkldnn"));
    } else if (kind().isEmpty()) {
      return Optional.of(
          String.format(Locale.ROOT, "Invalid -D%s=%s (must be mkldnn or mklblas)", TYPE, type));
    } else if (type.equals(EngineKind.MKL_DNN.property()) && threads == null) {
      return Optional.of(missing("-D" + THREADS + "=THREADS"));
    } else if (type.equals(EngineKind.MKL_DNN.property()) && !vectors) {
      return Optional.of(missing("--add-modules=" + VECTORS));
    }
    return Optional.empty();
  }

  /** Why a driver with these cannot train on an executor with {@code those}; empty if it can. */
  public Optional<String> mismatch(EngineOptions those) {
    return type.equals(those.type)
        ? those.fault()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Cannot train with -D%s=%s on the driver and %s on executors: give the same in spark.driver.extraJavaOptions and in spark.executor.extraJavaOptions",
                TYPE,
                type,
                those.type));
  }

  private static String missing(String option) {
    return String.format(
        Locale.ROOT,
        "Cannot start the engine without %s: give it in spark.driver.extraJavaOptions and in spark.executor.extraJavaOptions when the application is submitted",
        option);
  }
}
