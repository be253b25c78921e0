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
 * The report of a process of the application, the driver or an executor, about itself.
 *
 * @param id {@code driver}, or Spark's number of the executor
 * @param java the version of Java
 * @param spark the version of Spark
 * @param build the version of finegrain
 * @param closedPackages the packages of Java that Spark or the engine need and that are not open to
 *     them
 * @param engine the engine's options, as this process was started with them
 * @param nativeFault why the engine's native code cannot be loaded; empty if it is loaded
 * @param mklCbwr the environment variable {@code MKL_CBWR}; empty if it is not set
 * @param kmpBlockTime the environment variable {@code KMP_BLOCKTIME}; empty if it is not set
 * @param fileNameEncoding the encoding in which the process reads and writes names of files
 * @param machine the machine that the process runs on
 * @param maxHeapBytes the largest heap that the process may have
 */
record Jvm(
    String id,
    String host,
    String java,
    String spark,
    Build build,
    List<String> closedPackages,
    EngineOptions engine,
    String nativeFault,
    String mklCbwr,
    String kmpBlockTime,
    String fileNameEncoding,
    Machine machine,
    long maxHeapBytes)
    implements Serializable {
  private static final List<String> PACKAGES_TO_OPEN =
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

  /** Returns the description of the process that calls this. */
  static Jvm current() {
    EngineOptions engine = EngineOptions.current();
    return new Jvm(
        SparkEnv.get().executorId(),
        SparkEnv.get().blockManager().blockManagerId().host(),
        Runtime.version().toString(),
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        Build.current(),
        PACKAGES_TO_OPEN.stream().filter(Jvm::isClosed).toList(),
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

  /** Returns where the process is, such as {@code the driver} or {@code executor 1 (host)}. */
  String place() {
    return isDriver() ? "the driver" : String.format(Locale.ROOT, "executor %s (%s)", id, host);
  }
}
