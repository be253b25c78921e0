package org.finegrain.jobs;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.doctor.Platform;
import org.finegrain.doctor.UnfitException;

/** Opens the session of a job; the job closes it. */
final class SparkSessions {
  /** What {@code spark-submit} says where nobody names a master. */
  private static final String NOBODYS_MASTER = "local[*]";

  private static final String NEVER = "10000000s";
  private static final String RARELY = "1h";

  private static volatile SparkSession newest;

  private SparkSessions() {}

  /**
   * @param name of the job, for the Spark UI: {@code finegrain ingest cub}
   */
  static SparkSession open(String name, ClusterConfig cluster) {
    return open(name, cluster, UnaryOperator.identity());
  }

  /**
   * @param engine adds the settings that BigDL's engine needs, for jobs that train
   */
  static SparkSession open(String name, ClusterConfig cluster, UnaryOperator<SparkConf> engine) {
    SparkConf settings = settings(name, cluster);
    Platform.of(settings).requireFit();
    newest = SparkSession.builder().config(engine.apply(settings)).getOrCreate();
    return newest;
  }

  /** Cancels all jobs of the process, in any thread; nothing without a session. */
  static void cancelJobs() {
    SparkSession session = newest;
    if (session != null && !session.sparkContext().isStopped()) {
      session.sparkContext().cancelAllJobs();
    }
  }

  /** {@code spark-submit}'s settings first, then the configuration's, then ours. */
  static SparkConf settings(String name, ClusterConfig cluster) {
    SparkConf settings = new SparkConf().setAppName(name);
    if (settings.get("spark.master", NOBODYS_MASTER).equals(NOBODYS_MASTER)) {
      if ("local".equals(System.getProperty("finegrain.place"))
          && !cluster.master().startsWith("local")) {
        throw new UnfitException(
            String.format(
                Locale.ROOT,
                "Cannot start on cluster.master = %s: the launcher has prepared a driver that only this machine reaches; give it --master %s",
                cluster.master(),
                cluster.master()));
      }
      settings.setMaster(cluster.master());
    }
    if (settings.get("spark.master").matches("local(\\[.*)?")) {
      // One process hears itself. After it was stopped, or its machine slept, Spark would give it
      // up.
      settings.set("spark.network.timeout", NEVER);
      settings.set("spark.executor.heartbeatInterval", RARELY);
    }
    // The bar of Spark would overwrite our lines.
    return settings.setIfMissing("spark.ui.showConsoleProgress", "false");
  }
}
