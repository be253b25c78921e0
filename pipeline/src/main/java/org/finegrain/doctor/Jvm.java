package org.finegrain.doctor;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.bigdl.settings.NativeLibraries;
import org.finegrain.environment.Build;
import org.finegrain.environment.Machine;

/**
 * What one process of the application, the driver or an executor, says of itself.
 *
 * @param id {@code driver}, or Spark's number of the executor
 * @param closed packages of Java that Spark or the engine need and that are not open to them
 * @param nativeFault why the engine's native code cannot be loaded; empty if it is
 * @param cbwr the environment's {@code MKL_CBWR}; empty if it is not set
 * @param blockTime likewise {@code KMP_BLOCKTIME}
 * @param fileNames the encoding in which it reads and writes names of files
 */
record Jvm(
    String id,
    String host,
    String java,
    String spark,
    Build build,
    List<String> closed,
    EngineOptions engine,
    String nativeFault,
    String cbwr,
    String blockTime,
    String fileNames,
    Machine machine,
    long maxHeapBytes)
    implements Serializable {
  private static final List<String> OPEN =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /** The process that asks. */
  static Jvm current() {
    EngineOptions engine = EngineOptions.current();
    return new Jvm(
        SparkEnv.get().executorId(),
        SparkEnv.get().blockManager().blockManagerId().host(),
        Runtime.version().toString(),
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        Build.current(),
        OPEN.stream().filter(Jvm::isClosed).toList(),
        engine,
        TemporaryFiles.fault(System.getProperty("java.io.tmpdir"))
            .or(() -> engine.kind().flatMap(NativeLibraries::fault))
            .orElse(""),
        environment("MKL_CBWR"),
        environment("KMP_BLOCKTIME"),
        System.getProperty("sun.jnu.encoding", ""),
        Machine.current(),
        Runtime.getRuntime().maxMemory());
  }

  private static String environment(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }

  private static boolean isClosed(String name) {
    return !Object.class.getModule().isOpen(name, Jvm.class.getModule());
  }

  boolean isDriver() {
    return id.equals("driver");
  }

  /** {@code the driver}, {@code executor 1 (host)}. */
  String place() {
    return isDriver() ? "the driver" : String.format(Locale.ROOT, "executor %s (%s)", id, host);
  }
}
