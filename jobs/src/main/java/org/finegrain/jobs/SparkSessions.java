package org.finegrain.jobs;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.doctor.Platform;
import org.finegrain.doctor.UnfitException;

/** Opens Spark sessions for jobs; each job closes its own. */
final class SparkSessions {
  /** The master that {@code spark-submit} sets where the user names none. */
  private static final String DEFAULT_MASTER = "local[*]";

  private static final String NO_TIMEOUT = "10000000s";
  private static final String ONE_HOUR = "1h";

  private static volatile SparkSession newest;

  private SparkSessions() {}

  /**
   * Opens a session for a job that does not train.
   *
   * @param name the job's name in the Spark UI, such as {@code finegrain ingest cub}
   * @throws UnfitException if Spark cannot start in this process
   */
  static SparkSession open(String name, ClusterConfig cluster) {
    return open(name, cluster, UnaryOperator.identity());
  }

  /**
   * Opens a session.
   *
   * @param name the job's name in the Spark UI
   * @param engine adds the settings that BigDL's engine needs, for jobs that train
   * @throws UnfitException if Spark cannot start in this process
   */
  static SparkSession open(String name, ClusterConfig cluster, UnaryOperator<SparkConf> engine) {
    SparkConf settings = settings(name, cluster);
    Platform.of(settings).requireFit();
    newest = SparkSession.builder().config(engine.apply(settings)).getOrCreate();
    return newest;
  }

  /** A session that is opened when it is first asked for, and closed if it was. */
  static final class WhenNeeded implements Supplier<SparkSession>, AutoCloseable {
    private final Supplier<SparkSession> opening;
    private SparkSession session;

    private WhenNeeded(Supplier<SparkSession> opening) {
      this.opening = opening;
    }

    @Override
    public SparkSession get() {
      if (session == null) {
        session = opening.get();
      }
      return session;
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
      }
    }
  }

  /**
   * Returns a session for a job that may find that it has nothing to do, and then never starts
   * Spark.
   *
   * @param name the job's name in the Spark UI
   */
  static WhenNeeded whenNeeded(String name, ClusterConfig cluster) {
    return new WhenNeeded(() -> open(name, cluster));
  }

  /**
   * Cancels all Spark jobs of the process. May be called from any thread, also without a session.
   */
  static void cancelJobs() {
    SparkSession session = newest;
    if (session != null && !session.sparkContext().isStopped()) {
      session.sparkContext().cancelAllJobs();
    }
  }

  /**
   * Returns Spark's settings. What {@code spark-submit} sets counts first, then the configuration,
   * then finegrain's defaults. With a local master, finegrain's timeouts always count.
   */
  static SparkConf settings(String name, ClusterConfig cluster) {
    SparkConf settings = new SparkConf().setAppName(name);
    if (settings.get("spark.master", DEFAULT_MASTER).equals(DEFAULT_MASTER)) {
      if ("local".equals(System.getProperty("finegrain.place"))
          && !cluster.master().startsWith("local")) {
        throw new UnfitException(
            String.format(
                Locale.ROOT,
                "Cannot start on cluster.master = %s: the launcher has prepared a driver that only this machine can reach; give it --master %s",
                cluster.master(),
                cluster.master()));
      }
      settings.setMaster(cluster.master());
    }
    if (settings.get("spark.master").matches("local(\\[.*)?")) {
      // A local master is one process and needs no heartbeat. With Spark's own timeouts, Spark
      // would
      // give the process up after it was stopped, or after its machine slept.
      settings.set("spark.network.timeout", NO_TIMEOUT);
      settings.set("spark.executor.heartbeatInterval", ONE_HOUR);
    }
    // Spark's progress bar would overwrite finegrain's lines.
    return settings.setIfMissing("spark.ui.showConsoleProgress", "false");
  }
}
