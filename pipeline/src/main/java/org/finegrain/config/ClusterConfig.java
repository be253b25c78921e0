package org.finegrain.config;

/**
 * The settings of the cluster. They change the result only by the number of replicas. Keys under
 * {@code cluster}.
 *
 * @param master the URL of Spark's master, used if {@code spark-submit} names none
 * @param executorsPerTrial the number of executors that train each trial of a sweep
 */
public record ClusterConfig(String master, ExecutorsPerTrial executorsPerTrial) {
  /** Creates settings by which all executors train one trial at a time. */
  public ClusterConfig(String master) {
    this(master, ExecutorsPerTrial.ALL);
  }

  static ClusterConfig read(ConfigSection section) {
    return new ClusterConfig(
        section.text("master", "local[*]"), section.executorsPerTrial("executors-per-trial"));
  }
}
