package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ConfigFault;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.SweepConfig;

/**
 * The plan of a sweep, which lists all trials in the order in which they run: by dataset, by seed,
 * then by the axes in the order of their keys, the last one changing fastest. Equal experiments
 * give equal plans.
 *
 * @param name the name of the experiment
 * @param axes configuration key → values as HOCON text
 * @param base configuration key → value as HOCON text, without dataset and seed
 * @param trials the trials
 */
public record Plan(
    String name,
    SortedMap<String, List<String>> axes,
    SortedMap<String, String> base,
    List<Trial> trials) {

  /**
   * Plans the space of {@code experiment}. Combinations that resolve to the same configuration are
   * one trial.
   *
   * @param name the name of the experiment
   * @throws PlanException if some combinations are not valid configurations; it names all of them
   */
  public static Plan of(String name, ExperimentConfig experiment) {
    SweepConfig space = experiment.sweep();
    SortedMap<String, String> base = settings(experiment);
    Map<String, Trial> trials = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    List<String> datasets =
        space.datasets().isEmpty() ? List.of(experiment.dataset()) : space.datasets();
    for (String dataset : datasets) {
      for (long seed : space.seeds()) {
        for (SortedMap<String, String> overrides : combinations(space.axes())) {
          try {
            ExperimentConfig config = Trial.configure(experiment, dataset, seed, overrides);
            trials.putIfAbsent(
                config.runId(),
                new Trial(config.runId(), dataset, seed, overrides, changes(base, config)));
          } catch (ConfigException e) {
            String rules = e.faults().stream().map(Plan::text).collect(Collectors.joining("; "));
            faults.add(Trial.label(dataset, seed, overrides) + ": " + rules);
          }
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new PlanException(faults);
    }
    return new Plan(name, space.axes(), base, List.copyOf(trials.values()));
  }

  private static String text(ConfigFault fault) {
    return fault.key() + fault.value().map(value -> " = " + value).orElse("") + ": " + fault.rule();
  }

  private static List<SortedMap<String, String>> combinations(
      SortedMap<String, List<String>> axes) {
    List<SortedMap<String, String>> combinations = List.of(new TreeMap<>());
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> combination : combinations) {
        for (String value : axis.getValue()) {
          SortedMap<String, String> next = new TreeMap<>(combination);
          next.put(axis.getKey(), value);
          longer.add(next);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  private static SortedMap<String, String> settings(ExperimentConfig config) {
    SortedMap<String, String> settings = config.identity();
    settings.remove("dataset");
    settings.remove("seed");
    return settings;
  }

  private static SortedMap<String, String> changes(
      SortedMap<String, String> base, ExperimentConfig config) {
    SortedMap<String, String> changes = settings(config);
    changes.entrySet().removeIf(setting -> setting.getValue().equals(base.get(setting.getKey())));
    return changes;
  }

  /** Returns the configuration of each trial, given the experiment that this is the plan of. */
  public List<ExperimentConfig> experiments(ExperimentConfig experiment) {
    return trials.stream().map(trial -> trial.configure(experiment)).toList();
  }

  /** Returns the short names of all datasets, each once. */
  public List<String> datasets() {
    return trials.stream().map(Trial::dataset).distinct().toList();
  }

  /**
   * Returns the number of trials and its factors, such as {@code 12 trials: 2 loss.eta × 3
   * model.attention.k × 1 dataset × 2 seeds}.
   */
  public String summary() {
    List<String> factors = new ArrayList<>();
    axes.forEach((key, values) -> factors.add(values.size() + " " + key));
    int datasets = datasets().size();
    long seeds = trials.stream().map(Trial::seed).distinct().count();
    factors.add(datasets + (datasets == 1 ? " dataset" : " datasets"));
    factors.add(seeds + (seeds == 1 ? " seed" : " seeds"));
    return trials.size()
        + (trials.size() == 1 ? " trial: " : " trials: ")
        + String.join(" × ", factors);
  }
}
