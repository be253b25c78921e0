package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.config.AxisValue;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ConfigFault;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;
import org.finegrain.config.RandomDraws;
import org.finegrain.config.SpaceConfig;
import org.finegrain.config.SweepConfig;

/** Makes the plan of an experiment: the union of its spaces, each trial once. */
final class Planner {
  private final String name;
  private final ExperimentConfig experiment;
  private final ExperimentVariants variants;
  private final SortedMap<String, String> base;
  private final Map<String, Trial> trials = new LinkedHashMap<>();
  private final List<PlannedSpace> spaces = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  Planner(String name, ExperimentConfig experiment) {
    this.name = name;
    this.experiment = experiment;
    variants = ExperimentVariants.trialsOf(experiment);
    base = settings(experiment);
  }

  /**
   * Plans all spaces.
   *
   * @throws PlanException if some combinations are not valid configurations; it names all of them
   */
  Plan plan() {
    SweepConfig sweep = experiment.sweep();
    if (!sweep.axes().isEmpty() || sweep.spaces().isEmpty()) {
      add(
          PlannedSpace.AXES,
          new SpaceConfig(
              List.of(),
              List.of(),
              new TreeMap<>(),
              sweep.axes(),
              new TreeMap<>(),
              RandomDraws.NONE));
    }
    sweep.spaces().forEach(this::add);
    if (!faults.isEmpty()) {
      throw new PlanException(faults);
    }
    return new Plan(name, List.copyOf(spaces), base, inOrder(), List.of(), OptionalInt.empty());
  }

  /** Returns the trials; those of a setting come together if settings are compared. */
  private List<Trial> inOrder() {
    return experiment.sweep().scheduling().stopsSettings()
        ? Candidate.bySetting(trials.values()).stream().flatMap(List::stream).toList()
        : List.copyOf(trials.values());
  }

  private void add(String space, SpaceConfig config) {
    List<String> datasets = datasets(config);
    List<Long> seeds = config.seeds().isEmpty() ? experiment.sweep().seeds() : config.seeds();
    List<SortedMap<String, AxisValue>> combinations =
        Combinations.of(config.axes(), config.random());
    for (String dataset : datasets) {
      for (long seed : seeds) {
        for (SortedMap<String, AxisValue> combination : combinations) {
          add(space, config, dataset, seed, combination);
        }
      }
    }
    spaces.add(
        new PlannedSpace(
            space,
            datasets,
            seeds,
            config.set(),
            values(config, combinations),
            config.random().samples()));
  }

  private List<String> datasets(SpaceConfig config) {
    if (!config.datasets().isEmpty()) {
      return config.datasets();
    }
    return experiment.sweep().datasets().isEmpty()
        ? List.of(experiment.dataset())
        : experiment.sweep().datasets();
  }

  private void add(
      String space,
      SpaceConfig config,
      String dataset,
      long seed,
      SortedMap<String, AxisValue> combination) {
    SortedMap<String, String> overrides = new TreeMap<>(config.set());
    combination.values().forEach(value -> overrides.putAll(value.settings()));
    try {
      ExperimentConfig trial = meaningful(config, dataset, seed, overrides);
      SortedMap<String, String> values = new TreeMap<>();
      combination.forEach(
          (axis, value) -> {
            if (overrides.keySet().containsAll(value.settings().keySet())) {
              values.put(axis, value.label());
            }
          });
      Trial planned =
          trials.computeIfAbsent(
              trial.runId(),
              id -> new Trial(id, dataset, seed, overrides, changes(trial), List.of()));
      trials.put(planned.id(), planned.in(new Membership(space, values)));
    } catch (ConfigException e) {
      String rules = e.faults().stream().map(Planner::text).collect(Collectors.joining("; "));
      faults.add(where(space) + Trial.label(dataset, seed, overrides) + ": " + rules);
    }
  }

  /** Configures a trial, and removes from {@code overrides} the keys that mean nothing for it. */
  private ExperimentConfig meaningful(
      SpaceConfig config, String dataset, long seed, SortedMap<String, String> overrides) {
    ExperimentConfig trial = Trial.configure(variants, dataset, seed, overrides);
    boolean changed = true;
    while (changed) { // a condition may depend on a key that has gone
      SortedMap<String, String> settings = trial.settings();
      changed =
          overrides
              .keySet()
              .removeIf(
                  key ->
                      config.onlyIf().containsKey(key)
                          && !holds(config.onlyIf().get(key), settings));
      if (changed) {
        trial = Trial.configure(variants, dataset, seed, overrides);
      }
    }
    return trial;
  }

  private static boolean holds(
      SortedMap<String, List<String>> condition, SortedMap<String, String> settings) {
    return condition.entrySet().stream()
        .allMatch(it -> it.getValue().contains(settings.get(it.getKey())));
  }

  private static SortedMap<String, List<String>> values(
      SpaceConfig config, List<SortedMap<String, AxisValue>> combinations) {
    SortedMap<String, List<String>> values = new TreeMap<>();
    for (String axis : config.axes().keySet()) {
      Set<String> labels = new LinkedHashSet<>();
      combinations.forEach(combination -> labels.add(combination.get(axis).label()));
      values.put(axis, List.copyOf(labels));
    }
    return values;
  }

  private static String where(String space) {
    return space.equals(PlannedSpace.AXES) ? "" : "sweep.spaces." + space + ": ";
  }

  private static String text(ConfigFault fault) {
    return fault.key() + fault.value().map(value -> " = " + value).orElse("") + ": " + fault.rule();
  }

  private static SortedMap<String, String> settings(ExperimentConfig config) {
    SortedMap<String, String> settings = config.identity();
    settings.remove("dataset");
    settings.remove("seed");
    return settings;
  }

  private SortedMap<String, String> changes(ExperimentConfig config) {
    SortedMap<String, String> changes = settings(config);
    changes.entrySet().removeIf(setting -> setting.getValue().equals(base.get(setting.getKey())));
    return changes;
  }
}
