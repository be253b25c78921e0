package org.finegrain.sweep;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.config.ExperimentConfig;

/**
 * One resolved configuration with its seed, to be run.
 *
 * @param id the run id
 * @param overrides axis → value as HOCON text
 * @param changes all keys whose value differs from the plan's base, with their values
 */
public record Trial(
    String id,
    String dataset,
    long seed,
    SortedMap<String, String> overrides,
    SortedMap<String, String> changes) {

  /**
   * The configuration to run.
   *
   * @throws org.finegrain.config.ConfigException if it is not valid
   */
  static ExperimentConfig configure(
      ExperimentConfig experiment, String dataset, long seed, Map<String, String> overrides) {
    SortedMap<String, String> all = new TreeMap<>(overrides);
    all.put("dataset", dataset);
    all.put("seed", Long.toString(seed));
    return experiment.withOverrides(all);
  }

  ExperimentConfig configure(ExperimentConfig experiment) {
    return configure(experiment, dataset, seed, overrides);
  }

  /** {@code cub, loss.eta = 2, seed 1}. */
  public String label() {
    return label(dataset, seed, overrides);
  }

  static String label(String dataset, long seed, SortedMap<String, String> overrides) {
    String settings =
        overrides.entrySet().stream()
            .map(override -> ", " + override.getKey() + " = " + override.getValue())
            .collect(Collectors.joining());
    return dataset + settings + ", seed " + seed;
  }
}
