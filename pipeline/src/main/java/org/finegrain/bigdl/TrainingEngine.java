package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import org.finegrain.bigdl.feed.KeptSamples;
import org.finegrain.bigdl.group.ExecutorGroup;
import org.finegrain.bigdl.group.Members;
import org.finegrain.bigdl.interop.HiddenMember;
import org.finegrain.bigdl.settings.EngineOptions;
import org.finegrain.bigdl.settings.ExecutorSettings;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.environment.Interruption;

/**
 * The engine in a Spark application. {@link #configure} prepares Spark's settings before the
 * context starts; {@link #start} starts the engine afterwards.
 */
public final class TrainingEngine {
  private static final long POLL_MILLIS = 200;

  private static final String WAIT_FOR_EXECUTORS =
      "spark.scheduler.maxRegisteredResourcesWaitingTime";

  /** Long enough for no task to be placed on an executor of another group for want of its own. */
  private static final String WAIT_FOR_A_PLACE = "30d";

  private final ExecutorGroup group;
  private final KeptSamples kept = new KeptSamples();

  private TrainingEngine(ExecutorGroup group) {
    this.group = group;
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
   * Does what {@link #configure(SparkConf)} says, for an application whose executors are taken in
   * groups.
   *
   * @param perGroup the number of executors of each group; empty to take all as one
   */
  public static SparkConf configure(SparkConf conf, OptionalInt perGroup) {
    configure(conf);
    if (perGroup.isPresent()
        && ExecutorSettings.faults(conf).isEmpty()
        && perGroup.getAsInt() < ExecutorSettings.executors(conf)) {
      conf.setIfMissing("spark.locality.wait.process", WAIT_FOR_A_PLACE);
    }
    return conf;
  }

  /**
   * Starts the engine on the driver, with all executors of the application as one group.
   *
   * @throws IllegalStateException if the JVM or the context lacks a setting that the engine needs;
   *     the message says what to do
   */
  public static TrainingEngine start(JavaSparkContext spark) {
    Topology topology = topology(spark.getConf());
    Engine$.MODULE$.init();
    return new TrainingEngine(ExecutorGroup.ofAll(spark, topology));
  }

  /**
   * Starts the engine on the driver, once for each group of executors. Trainings of different
   * engines may run at the same time, one in each. The engine of {@link #start} must not be used
   * meanwhile.
   *
   * @param perGroup the number of executors of each group; empty to take all as one
   * @throws IllegalStateException as {@link #start} does
   */
  public static List<TrainingEngine> startGroups(JavaSparkContext spark, OptionalInt perGroup) {
    Topology all = topology(spark.getConf());
    Topology each = topology(spark.getConf(), perGroup);
    if (each.equals(all)) {
      return List.of(start(spark));
    }
    Engine$.MODULE$.init();
    return ExecutorGroup.divide(spark, all, each.executors()).stream()
        .map(TrainingEngine::new)
        .toList();
  }

  /**
   * Returns the executors and replicas of each group that {@link #startGroups} would start. Where
   * there are no two groups, they are those of the application.
   *
   * @throws IllegalStateException as {@link #start} does, or if the groups leave executors over, or
   *     there are fewer than a group needs
   */
  public static Topology topology(SparkConf conf, OptionalInt perGroup) {
    Topology all = topology(conf);
    int size = perGroup.orElse(all.executors());
    if (all.executors() % size != 0) { // also where there are fewer than size
      refuse(
          String.format(
              Locale.ROOT,
              "Cannot take %d executors in groups of cluster.executors-per-trial = %d: give Spark a"
                  + " multiple of %d executors",
              all.executors(),
              size,
              size));
    }
    return all.withExecutors(size);
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
    return group.topology();
  }

  /** Returns the Spark context that the engine runs in. */
  JavaSparkContext spark() {
    return group.spark();
  }

  /** Returns whether all executors of this engine are registered now. */
  public boolean hasItsExecutors() {
    return group.registered() >= topology().executors();
  }

  /** Returns the executors of this engine. */
  ExecutorGroup group() {
    return group;
  }

  /** Returns the samples that the executors of this engine keep. */
  KeptSamples kept() {
    return kept;
  }

  /**
   * Returns the samples of a part of a source, such as the validation split of a dataset. The
   * executors of this engine read them once, and keep them until samples of another source are
   * asked for, or trained on.
   *
   * @param source the name of the source, which changes when its samples do
   * @param part the name of the part, which has no meaning
   * @param read returns the samples
   */
  public <S> JavaRDD<S> samples(String source, String part, Supplier<JavaRDD<S>> read) {
    return kept.part(source, part, topology().replicas(), read);
  }

  /**
   * Returns the answers of the executors of this engine, at least one of each that is idle.
   *
   * @throws TrainingFailedException if one of them is lost
   */
  public <A> List<A> ask(Function0<A> question) {
    Members members = group.members();
    try {
      return members.collect(members.onEach().map(ignored -> question.call()));
    } catch (ExecutionException e) {
      throw TrainingFailedException.withoutExecutors(
          members.loss().orElse(String.valueOf(e.getCause().getMessage())), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrainingFailedException.withoutExecutors("interrupted", e);
    }
  }

  /**
   * Waits until all executors are registered. Spark may still be replacing one that was lost.
   * Returns early if the application is ending.
   *
   * @throws IllegalStateException if executors are missing for longer than {@code limit}
   */
  public void awaitExecutors(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int found = group.registered();
    while (found < topology().executors() && !isEnding()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Waited %d s (train.recovery.executor-timeout) for %d executors, but only %d"
                    + " registered: see the master's page and the executors' logs",
                limit.toSeconds(),
                topology().executors(),
                found));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      found = group.registered();
    }
  }

  /** Returns whether the process or Spark is ending, so that what fails now is no failure. */
  public boolean isEnding() {
    return Interruption.isRequested() || spark().sc().isStopped();
  }
}
