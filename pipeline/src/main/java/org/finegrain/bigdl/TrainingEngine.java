package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.bigdl.interop.HiddenMember;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.bigdl.settings.ExecutorSettings;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Interruption;

/**
 * The engine in a Spark application. {@link #configure} prepares Spark's settings before the
 * context starts; {@link #start} starts the engine afterwards.
 */
public final class TrainingEngine {
  private static final long POLL_MILLIS = 200;

  private static final String WAIT_FOR_EXECUTORS =
      "spark.scheduler.maxRegisteredResourcesWaitingTime";

  private final JavaSparkContext spark;
  private final Topology topology;

  private TrainingEngine(JavaSparkContext spark, Topology topology) {
    this.spark = spark;
    this.topology = topology;
  }

  /**
   * Adds the settings that the engine needs to {@code conf} and returns it. Settings that {@code
   * conf} already has are kept.
   */
  public static SparkConf configure(SparkConf conf) {
    if (EngineOptions.current().kind().isEmpty()) {
      return conf; // BigDL cannot load without it; start says what is missing
    }
    if (ExecutorSettings.faults(conf).isEmpty()) {
      int cores = ExecutorSettings.coresPerExecutor(conf);
      EngineOptions.setThreadsIfMissing(cores); // before BigDL's classes read them
      EngineOptions.setThreadsIfMissing(conf, cores);
      ExecutorSettings.setCoresForKubernetes(conf);
    }
    conf.setIfMissing(WAIT_FOR_EXECUTORS, "120s"); // BigDL would wait an hour without a word
    SparkConf engine = Engine$.MODULE$.createSparkConf(new SparkConf(false));
    for (var setting : engine.getAll()) {
      if (!setting._1().equals("spark.driver.extraJavaOptions")) { // for the user to set
        conf.setIfMissing(setting._1(), setting._2());
      }
    }
    return conf;
  }

  /**
   * Starts the engine on the driver.
   *
   * @throws IllegalStateException if the JVM or the context lacks a setting that the engine needs;
   *     the message says what to do
   */
  public static TrainingEngine start(JavaSparkContext spark) {
    Topology topology = topology(spark.getConf());
    Engine$.MODULE$.init();
    return new TrainingEngine(spark, topology);
  }

  /**
   * Returns the executors and replicas of an engine that would start in this JVM with {@code conf}.
   *
   * @throws IllegalStateException as {@link #start} does
   */
  public static Topology topology(SparkConf conf) {
    HiddenMember.fault().ifPresent(TrainingEngine::refuse);
    EngineOptions options = EngineOptions.current();
    options.fault().ifPresent(TrainingEngine::refuse);
    ExecutorSettings.faults(conf).stream().findFirst().ifPresent(TrainingEngine::refuse);
    return new Topology(
        options.kind().orElseThrow(),
        ExecutorSettings.executors(conf),
        ExecutorSettings.coresPerExecutor(conf));
  }

  /**
   * Returns the number of threads of the engine as this JVM's options give it; null if they give
   * none. It must be the same on every executor.
   */
  public static String threadsPerExecutor() {
    return EngineOptions.current().threads();
  }

  private static void refuse(String fault) {
    throw new IllegalStateException(fault);
  }

  /** Returns the executors and replicas of this engine. */
  public Topology topology() {
    return topology;
  }

  /** Returns the Spark context that the engine runs in. */
  JavaSparkContext spark() {
    return spark;
  }

  /**
   * Waits until all executors are registered. Spark may still be replacing one that was lost.
   * Returns early if the application is ending.
   *
   * @throws IllegalStateException if executors are missing for longer than {@code limit}
   */
  public void awaitExecutors(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int found = executors();
    while (found < topology.executors() && !isEnding()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Waited %d s (train.recovery.executor-timeout) for %d executors, but only %d"
                    + " registered: see the master's page and the executors' logs",
                limit.toSeconds(),
                topology.executors(),
                found));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      found = executors();
    }
  }

  private boolean isEnding() {
    return Interruption.isRequested() || spark.sc().isStopped();
  }

  /**
   * Returns the number of registered executors. A driver that does the work itself counts as one.
   */
  int executors() {
    return spark.isLocal() ? 1 : spark.sc().statusTracker().getExecutorInfos().length - 1;
  }
}
