package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The engine under a Spark context: configured before the context starts, started after. */
public final class TrainingEngine {
  private static final String ENGINE = "bigdl.engineType";
  private static final String THREADS = "bigdl.mklNumThreads";
  private static final String VECTORS = "jdk.incubator.vector";

  private final JavaSparkContext spark;
  private final Topology topology;

  private TrainingEngine(JavaSparkContext spark, Topology topology) {
    this.spark = spark;
    this.topology = topology;
  }

  /** Adds to {@code conf} what the engine needs of Spark; what is set already stays. */
  public static SparkConf configure(SparkConf conf) {
    SparkConf engine = Engine$.MODULE$.createSparkConf(new SparkConf(false));
    for (var setting : engine.getAll()) {
      if (!setting._1().equals("spark.driver.extraJavaOptions")) { // too late, and not the engine's
        conf.setIfMissing(setting._1(), setting._2());
      }
    }
    return conf;
  }

  /**
   * @throws IllegalStateException if the JVM or the context lacks a setting that the engine needs;
   *     the message names the remedy
   */
  public static TrainingEngine start(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    EngineKind kind = kind();
    if (kind == EngineKind.MKL_DNN && System.getProperty(THREADS) == null) {
      throw missing("-D" + THREADS + "=THREADS");
    }
    if (kind == EngineKind.MKL_DNN && !hasVectors()) {
      throw missing("--add-modules=" + VECTORS);
    }
    requireFixedExecutors(conf);
    Engine$.MODULE$.init();
    return new TrainingEngine(
        spark, new Topology(kind, Engine$.MODULE$.nodeNumber(), Engine$.MODULE$.coreNumber()));
  }

  public Topology topology() {
    return topology;
  }

  JavaSparkContext spark() {
    return spark;
  }

  /**
   * Before a training: each executor must compute with the engine of the driver, and be able to.
   *
   * @param onExecutors has a partition on each
   */
  void requireOn(JavaRDD<?> onExecutors) {
    List<String> kinds =
        onExecutors
            .mapPartitions(
                ignored -> List.of(String.valueOf(System.getProperty(ENGINE))).iterator())
            .distinct()
            .collect();
    String ours = System.getProperty(ENGINE);
    if (!kinds.equals(List.of(ours))) {
      throw new IllegalStateException(
          "Cannot train with -D%s=%s on the driver and %s on executors: give the same in spark.driver.extraJavaOptions and in spark.executor.extraJavaOptions"
              .formatted(ENGINE, ours, String.join(", ", kinds)));
    }
    if (topology.engine() == EngineKind.MKL_DNN
        && !onExecutors
            .mapPartitions(ignored -> List.of(hasVectors()).iterator())
            .reduce(Boolean::logicalAnd)) {
      throw new IllegalStateException(
          "Cannot train on executors without --add-modules=%s: give it in spark.executor.extraJavaOptions"
              .formatted(VECTORS));
    }
  }

  /** Whether this JVM has the module that attention on MKL-DNN's feature maps needs. */
  private static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  private static EngineKind kind() {
    String value = System.getProperty(ENGINE);
    if (value == null) {
      throw missing("-D" + ENGINE + "=mkldnn");
    }
    return switch (value) {
      case "mkldnn" -> EngineKind.MKL_DNN;
      case "mklblas" -> EngineKind.MKL_BLAS;
      default ->
          throw new IllegalStateException(
              "Invalid -D" + ENGINE + "=" + value + " (must be mkldnn or mklblas)");
    };
  }

  private static IllegalStateException missing(String option) {
    return new IllegalStateException(
        "Cannot start the engine without %s: give it in spark.driver.extraJavaOptions and in spark.executor.extraJavaOptions when the application is submitted"
            .formatted(option));
  }

  static void requireFixedExecutors(SparkConf conf) {
    String master = conf.get("spark.master");
    if (master.startsWith("local")) {
      if (!master.matches("local\\[(\\d+|\\*)(, *\\d+)?\\]")) {
        throw new IllegalStateException(
            "Cannot train on master %s: use local[N], local[*] or a cluster".formatted(master));
      }
      return;
    }
    require(conf, "spark.executor.cores", master);
    if (!master.startsWith("yarn")) {
      require(conf, "spark.cores.max", master);
    }
    for (String unwanted : new String[] {"spark.dynamicAllocation.enabled", "spark.speculation"}) {
      if (conf.getBoolean(unwanted, false)) {
        throw new IllegalStateException(
            "Cannot train with %s=true: a training needs its executors to stay; set it to false"
                .formatted(unwanted));
      }
    }
  }

  private static void require(SparkConf conf, String key, String master) {
    if (!conf.contains(key)) {
      throw new IllegalStateException(
          "Cannot train on %s without %s: it fixes how many executors share the work; give it by --conf %s=N"
              .formatted(master, key, key));
    }
  }
}
