package org.finegrain.config;

/**
 * The settings of the cluster. They change the result only by the number of replicas. Keys under
 * {@code cluster}.
 *
 * @param master the URL of Spark's master, used if {@code spark-submit} names none
 */
public record ClusterConfig(String master) {
  static ClusterConfig read(ConfigSection section) {
    return new ClusterConfig(section.text("master", "local[*]"));
  }
}
