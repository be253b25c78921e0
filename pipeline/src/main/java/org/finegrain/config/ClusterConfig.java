package org.finegrain.config;

/**
 * Where the work runs; nothing here changes what is computed but for the number of replicas. Keys
 * under {@code cluster}.
 *
 * @param master Spark's master URL, where {@code spark-submit} names none
 */
public record ClusterConfig(String master) {
  static ClusterConfig read(ConfigSection section) {
    return new ClusterConfig(section.text("master", "local[*]"));
  }
}
