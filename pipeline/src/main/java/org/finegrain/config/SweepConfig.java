package org.finegrain.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trials that a sweep covers: every combination of dataset, value of each axis, and seed; and
 * the spaces beside it. Keys under {@code sweep}.
 *
 * @param datasets the short names; empty for the experiment's own dataset
 * @param axes name → axis
 * @param spaces name → space
 * @param limits the limits of a command that runs the sweep
 * @param scheduling the choice which trials are trained to their ends
 */
public record SweepConfig(
    List<String> datasets,
    List<Long> seeds,
    SortedMap<String, SweepAxis> axes,
    SortedMap<String, SpaceConfig> spaces,
    @SameSection SweepLimits limits,
    @SameSection SchedulerConfig scheduling) {
  public SweepConfig {
    datasets = List.copyOf(datasets);
    seeds = List.copyOf(seeds);
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    spaces = Collections.unmodifiableSortedMap(new TreeMap<>(spaces));
  }

  static SweepConfig read(ConfigSection section) {
    SortedMap<String, SpaceConfig> spaces = new TreeMap<>();
    section.sections("spaces").forEach((name, space) -> spaces.put(name, SpaceConfig.read(space)));
    return new SweepConfig(
        section.someOf("datasets", List.of(), ExperimentConfig.DATASETS),
        section.seeds("seeds", List.of(1L)),
        new SpaceReader(section).axes(RandomDraws.NONE),
        spaces,
        SweepLimits.read(section),
        SchedulerConfig.read(section));
  }
}
