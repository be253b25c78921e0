package org.finegrain.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.engine.Topology;

/** Looks at the application, its cluster and what is to be done on it, before it is begun. */
public final class Doctor {
  private Doctor() {}

  /** Takes seconds, and as long as it takes to read the data once. */
  public static Diagnosis examine(SparkSession spark, Subject subject) {
    spark.sparkContext().setJobDescription("Check the cluster");
    try {
      return Diagnosis.of(checks(spark, subject));
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private static List<Check> checks(SparkSession spark, Subject subject) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Optional<Topology> topology = topology(context);
    Jvms jvms = Jvms.observe(context, topology.map(Topology::executors).orElse(1), Jvms.PATIENCE);
    // Without executors Spark would wait for ever.
    boolean canRead = context.isLocal() || !jvms.executors().isEmpty();
    SoundData data = SoundData.of(spark, canRead ? subject.data() : List.of());
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
      checks.add(new BatchSplit(subject.experiments(), data, topology.get()));
      checks.add(new BatchNormValues(subject.experiments(), topology.get()));
      checks.add(new Memory(jvms, topology.get(), subject.experiments()));
    }
    subject.out().ifPresent(out -> checks.add(new WritableFolder(out)));
    if (!data.isEmpty()) {
      checks.add(new ReadableData(data));
    }
    if (!data.datasets().isEmpty()) {
      checks.add(new QuarantinedImages(data));
      checks.add(new DuplicateImages(data));
    }
    if (subject.experiments().stream().anyMatch(GivenWeightsFit::isAsked)) {
      checks.add(
          new GivenWeightsFit(
              subject.experiments(), data, spark.sparkContext().hadoopConfiguration()));
    }
    return checks;
  }

  /** Empty where settings that fail a check of their own do not tell. */
  private static Optional<Topology> topology(JavaSparkContext context) {
    try {
      return Optional.of(TrainingEngine.topology(context.getConf()));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }
}
