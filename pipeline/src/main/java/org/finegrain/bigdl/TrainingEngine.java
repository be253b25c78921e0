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

/** The engine under a Spark context: configured before the context starts, started after. */
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

  /** Adds to {@code conf} what the engine needs of Spark; what is set already stays. */
  public static SparkConf configure(SparkConf conf) {
    if (EngineOptions.current().kind().isEmpty()) {
      return conf; // BigDL cannot even be asked; start says what is missing
    }
    if (ExecutorSettings.faults(conf).isEmpty()) {
      int cores = ExecutorSettings.coresPerExecutor(conf);
      EngineOptions.setThreadsIfMissing(cores); // before BigDL's classes read them
      EngineOptions.setThreadsIfMissing(conf, cores);
      ExecutorSettings.setCoresForKubernetes(conf);
    }
    conf.setIfMissing(WAIT_FOR_EXECUTORS, "120s"); // BigDL's hour would pass in silence
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
    Topology topology = topology(spark.getConf());
    Engine$.MODULE$.init();
    return new TrainingEngine(spark, topology);
  }

  /**
   * What a training is spread over where an engine starts with {@code conf}, in this JVM.
   *
   * @throws IllegalStateException as {@link #start}
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
   * Returns the number of threads that this JVM's engine computes with, as every executor's must.
   */
  public static String threadsPerExecutor() {
    return EngineOptions.current().threads();
  }

  private static void refuse(String fault) {
    throw new IllegalStateException(fault);
  }

  public Topology topology() {
    return topology;
  }

  JavaSparkContext spark() {
    return spark;
  }

  /**
   * Waits until all executors are registered, as where Spark replaces one that was lost, or until
   * the application is being ended.
   *
   * @throws IllegalStateException if they are not within {@code limit}
   */
  public void awaitExecutors(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int found = executors();
    while (found < topology.executors() && !isEnding()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Waited %d s (train.recovery.executor-timeout) for %d executors, %d are registered: see the master's page and the executors' logs",
                limit.toSeconds(),
                topology.executors(),
                found));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      found = executors();
    }
  }

  private boolean isEnding() {
    return Interruption.isUnderWay() || spark.sc().isStopped();
  }

  /** Registered; where the driver does the work itself, one. */
  int executors() {
    return spark.isLocal() ? 1 : spark.sc().statusTracker().getExecutorInfos().length - 1;
  }
}
