package org.finegrain.bigdl.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.finegrain.engine.EngineKind;

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
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String EXECUTOR_DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions";

  /** Of this JVM. */
  public static EngineOptions current() {
    return new EngineOptions(
        System.getProperty(TYPE),
        System.getProperty(THREADS),
        Boolean.getBoolean(AFFINITY),
        VectorModule.isThere());
  }

  /** Returns the number of the engine's threads in this JVM; without it, that of processors. */
  static int kernelThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Integer.getInteger(THREADS, processors));
  }

  /**
   * Gives the engine of this JVM its threads, where nobody did. Its native code reads them once.
   */
  public static void setThreadsIfMissing(int threads) {
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, String.valueOf(threads));
    }
  }

  /** Gives the engine its threads in executors that start with {@code conf}, where nobody did. */
  public static void setThreadsIfMissing(SparkConf conf, int threads) {
    String options = conf.get(EXECUTOR_OPTIONS, "");
    String threadsOption = "-D" + THREADS + "=";
    if (!(conf.get(EXECUTOR_DEFAULT_OPTIONS, "") + options).contains(threadsOption)) {
      conf.set(EXECUTOR_OPTIONS, (options + " " + threadsOption + threads).strip());
    }
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
      return Optional.of(missing("--add-modules=" + VectorModule.NAME));
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
                "Cannot train with -D%s=%s on the driver and %s on executors: give the same in"
                    + " spark.driver.extraJavaOptions and in spark.executor.extraJavaOptions",
                TYPE,
                type,
                those.type));
  }

  private static String missing(String option) {
    return String.format(
        Locale.ROOT,
        "Cannot start the engine without %s: submit with --properties-file conf/spark-local.conf,"
            + " on a cluster conf/spark-standalone.conf, which gives it to driver and executors",
        option);
  }

  /**
   * Requires that each executor computes with the engine of the driver, and is able to.
   *
   * @param onExecutors has a partition on each executor
   * @throws IllegalStateException if one is not; the message names the remedy
   */
  public static void requireOn(JavaRDD<?> onExecutors) {
    EngineOptions ours = current();
    onExecutors
        .mapPartitions(ignored -> List.of(current()).iterator())
        .collect()
        .forEach(
            theirs ->
                ours.mismatch(theirs)
                    .ifPresent(
                        fault -> {
                          throw new IllegalStateException(fault);
                        }));
  }
}
