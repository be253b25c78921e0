package org.finegrain.bigdl.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.finegrain.engine.EngineKind;

/**
 * The options of a JVM that the engine reads. They must be given when the JVM starts, since the
 * engine's native code reads them once.
 *
 * @param type the value of {@code -Dbigdl.engineType}; null where it is not given
 * @param threads the value of {@code -Dbigdl.mklNumThreads}; null where it is not given
 * @param affinityDisabled the value of {@code -Dbigdl.disableOmpAffinity}: whether threads may move
 *     between cores
 * @param vectors whether the JVM has the module {@code jdk.incubator.vector}, which attention needs
 *     with MKL-DNN
 */
public record EngineOptions(String type, String threads, boolean affinityDisabled, boolean vectors)
    implements Serializable {
  private static final String TYPE = "bigdl.engineType";
  private static final String THREADS = "bigdl.mklNumThreads";
  private static final String AFFINITY = "bigdl.disableOmpAffinity";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String EXECUTOR_DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions";

  /** Returns the options of this JVM. */
  public static EngineOptions current() {
    return new EngineOptions(
        System.getProperty(TYPE),
        System.getProperty(THREADS),
        Boolean.getBoolean(AFFINITY),
        VectorModule.isThere());
  }

  /** Returns the number of the engine's threads; the number of processors where none is given. */
  static int kernelThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Integer.getInteger(THREADS, processors));
  }

  /** Sets the number of the engine's threads in this JVM, unless it is given. */
  public static void setThreadsIfMissing(int threads) {
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, String.valueOf(threads));
    }
  }

  /**
   * Sets the number of the engine's threads in executors that start with {@code conf}, unless it is
   * given.
   */
  public static void setThreadsIfMissing(SparkConf conf, int threads) {
    String options = conf.get(EXECUTOR_OPTIONS, "");
    String threadsOption = "-D" + THREADS + "=";
    if (!(conf.get(EXECUTOR_DEFAULT_OPTIONS, "") + options).contains(threadsOption)) {
      conf.set(EXECUTOR_OPTIONS, (options + " " + threadsOption + threads).strip());
    }
  }

  /** Returns the kind of engine; empty if the type is missing or unknown. */
  public Optional<EngineKind> kind() {
    return EngineKind.of(type);
  }

  /** Returns why an engine cannot start with these options, and what to do; empty if it can. */
  public Optional<String> fault() {
    if (type == null) {
      return Optional.of(missing("-D" + TYPE + "=mkldnn"));
    } else if (kind().isEmpty()) {
      return Optional.of(
          String.format(Locale.ROOT, "Invalid -D%s=%s (must be mkldnn or mklblas)", TYPE, type));
    } else if (type.equals(EngineKind.MKL_DNN.property()) && threads == null) {
      return Optional.of(missing("-D" + THREADS + "=THREADS"));
    } else if (type.equals(EngineKind.MKL_DNN.property()) && !vectors) {
      return Optional.of(missing("--add-modules=" + VectorModule.NAME));
    }
    return Optional.empty();
  }

  /**
   * Returns why a driver with these options cannot train on an executor with {@code executor}'s,
   * and what to do; empty if it can.
   */
  Optional<String> mismatch(EngineOptions executor) {
    return type.equals(executor.type)
        ? executor.fault()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Cannot train with -D%s=%s on the driver and %s on executors: give the same value"
                    + " in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions",
                TYPE,
                type,
                executor.type));
  }

  private static String missing(String option) {
    return String.format(
        Locale.ROOT,
        "Cannot start the engine without %s: submit with --properties-file conf/spark-local.conf,"
            + " or conf/spark-standalone.conf on a cluster, which gives it to driver and executors",
        option);
  }

  /**
   * Requires that every executor has the engine of the driver and all options that it needs.
   *
   * @param executors the options of the executors
   * @throws IllegalStateException if an executor does not; the message says what to do
   */
  public static void requireAll(List<EngineOptions> executors) {
    EngineOptions driver = current();
    executors.forEach(
        executor ->
            driver
                .mismatch(executor)
                .ifPresent(
                    fault -> {
                      throw new IllegalStateException(fault);
                    }));
  }
}
