package org.finegrain.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExecutorsPerTrial;
import org.finegrain.engine.Topology;

/** Checks the application, its cluster and the planned work before the work begins. */
public final class Doctor {
  private Doctor() {}

  /**
   * Makes all checks that apply. This takes some seconds, and the time to read the data once.
   *
   * @param work the experiments, data and output folder to check
   */
  public static Diagnosis examine(SparkSession spark, PlannedWork work) {
    spark.sparkContext().setJobDescription("Check the cluster");
    try {
      return Diagnosis.of(checks(spark, work));
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private static List<Check> checks(SparkSession spark, PlannedWork work) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Optional<Topology> topology = topology(context, ExecutorsPerTrial.ALL);
    Optional<Topology> group = topology(context, work.executors());
    Jvms jvms = Jvms.ask(context, topology.map(Topology::executors).orElse(1), Jvms.TIMEOUT);
    // Without executors, a Spark job that reads would wait for ever.
    boolean canRead = context.isLocal() || !jvms.executors().isEmpty();
    VerifiedData data = VerifiedData.of(spark, canRead ? work.data() : List.of());
    List<Check> checks = new ArrayList<>();
    checks.add(new JavaVersion(jvms));
    checks.add(new OpenPackages(jvms));
    checks.add(new Versions(jvms));
    checks.add(new Processor(jvms));
    checks.add(new Engine(jvms));
    if (jvms.driver().engine().kind().isPresent()) {
      checks.add(new NativeCode(jvms));
      checks.add(new VectorModule(jvms));
      checks.add(
          new EngineThreads(
              jvms, topology.filter(it -> !context.isLocal()).map(Topology::coresPerExecutor)));
      checks.add(new RepeatableSums(jvms));
      checks.add(new IdleThreads(jvms));
    }
    checks.add(new Affinity(jvms));
    checks.add(new FileNames(jvms));
    checks.add(new FixedExecutors(context.getConf()));
    if (topology.isPresent()) {
      checks.add(new Executors(jvms, context.isLocal(), topology.get()));
      if (work.executors().number().isPresent()) {
        checks.add(new Groups(context.getConf(), work.executors()));
      }
    }
    if (group.isPresent()) {
      checks.add(new BatchSplit(work.experiments(), data, group.get()));
      checks.add(new BatchNormValues(work.experiments(), group.get()));
      int groups = topology.orElseThrow().executors() / group.get().executors();
      checks.add(new Memory(jvms, group.get(), groups, work.experiments()));
    }
    work.out().ifPresent(out -> checks.add(new WritableFolder(out)));
    if (!data.isEmpty()) {
      checks.add(new ReadableData(data));
    }
    if (!data.datasets().isEmpty()) {
      checks.add(new QuarantinedImages(data));
      checks.add(new DuplicateImages(data));
    }
    if (work.experiments().stream().anyMatch(GivenWeightsFit::isNeeded)) {
      checks.add(
          new GivenWeightsFit(
              work.experiments(), data, spark.sparkContext().hadoopConfiguration()));
    }
    return checks;
  }

  /**
   * Returns the topology of a group; empty if the settings do not fix one, which a check reports.
   */
  private static Optional<Topology> topology(
      JavaSparkContext context, ExecutorsPerTrial executors) {
    try {
      return Optional.of(TrainingEngine.topology(context.getConf(), executors.number()));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }
}
