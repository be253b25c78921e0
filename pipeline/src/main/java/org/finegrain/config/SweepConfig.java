package org.finegrain.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The space of a sweep: every combination of dataset, value of each axis, and seed. Keys under
 * {@code sweep}.
 *
 * @param datasets the short names of the datasets; empty for the experiment's own dataset
 * @param seeds the seeds
 * @param axes configuration key → values as given to {@code --set}, such as {@code loss.eta → [2,
 *     3]}
 */
public record SweepConfig(
    List<String> datasets, List<Long> seeds, SortedMap<String, List<String>> axes) {
  /** Copies the collections. */
  public SweepConfig {
    datasets = List.copyOf(datasets);
    seeds = List.copyOf(seeds);
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
  }

  static SweepConfig read(ConfigSection section) {
    return new SweepConfig(
        section.someOf("datasets", List.of(), ExperimentConfig.DATASETS),
        section.seeds("seeds", List.of(1L)),
        readAxes(section));
  }

  private static SortedMap<String, List<String>> readAxes(ConfigSection section) {
    SortedMap<String, List<String>> axes = new TreeMap<>();
    section
        .entries("axes")
        .forEach(
            (key, value) ->
                fault(key, value)
                    .ifPresentOrElse(
                        rule -> section.fault("axes." + key, value, rule),
                        () ->
                            axes.put(
                                key, ((ConfigList) value).stream().map(Hocon::text).toList())));
    return axes;
  }

  /** Returns the rule that an axis breaks; empty if it breaks none. */
  private static Optional<String> fault(String key, ConfigValue value) {
    if (key.equals("seed") || key.equals("dataset")) {
      return Optional.of("cannot be an axis, write sweep." + key + "s");
    }
    List<String> keys = List.copyOf(ExperimentConfig.DEFAULTS.identity().keySet());
    if (!keys.contains(key)) {
      return Optional.of(
          "must be a key that changes a result, " + new NearestKey(keys).advice(key));
    }
    if (!(value instanceof ConfigList values) || values.isEmpty()) {
      return Optional.of("must be a list of one or more values");
    }
    if (new HashSet<>(values).size() < values.size()) {
      return Optional.of("must hold no value twice");
    }
    return values.stream().flatMap(v -> faults(key, v).stream()).findFirst();
  }

  /**
   * Returns the rules that one value breaks by itself. Rules between keys are checked when trials
   * are planned.
   */
  private static List<String> faults(String key, ConfigValue value) {
    ConfigFaults faults = new ConfigFaults();
    ExperimentConfig.read(
        ConfigSection.root(ConfigFactory.empty().withValue(key, value).root(), faults));
    return faults.all().stream().map(f -> Hocon.written(value) + " " + f.rule()).toList();
  }
}
