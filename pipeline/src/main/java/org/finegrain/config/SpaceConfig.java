package org.finegrain.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A named part of a sweep: the combinations of its datasets, its seeds and the values of its axes.
 * Keys under {@code sweep.spaces.NAME}.
 *
 * @param datasets the short names; empty for those of the sweep
 * @param seeds the seeds; empty for those of the sweep
 * @param set configuration key → the value that it has in this space, as given to {@code --set}
 * @param axes name → axis; an axis of one key has the key's name
 * @param onlyIf a key that an axis or {@code set} gives → conditions, without which the key keeps
 *     the experiment's own value: another key → the values of which it must have one
 * @param random the draws from the space, if not all combinations are wanted
 */
public record SpaceConfig(
    List<String> datasets,
    List<Long> seeds,
    SortedMap<String, String> set,
    SortedMap<String, SweepAxis> axes,
    SortedMap<String, SortedMap<String, List<String>>> onlyIf,
    RandomDraws random) {
  public SpaceConfig {
    datasets = List.copyOf(datasets);
    seeds = List.copyOf(seeds);
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    onlyIf = Collections.unmodifiableSortedMap(new TreeMap<>(onlyIf));
  }

  static SpaceConfig read(ConfigSection section) {
    SpaceReader reader = new SpaceReader(section);
    RandomDraws random = RandomDraws.read(section.section("random"));
    SortedMap<String, String> set = reader.set();
    SortedMap<String, SweepAxis> axes = reader.axes(random);
    Set<String> varied = new HashSet<>(set.keySet());
    axes.forEach(
        (name, axis) -> {
          varied.add(name);
          axis.values().forEach(value -> varied.addAll(value.settings().keySet()));
        });
    return new SpaceConfig(
        section.someOf("datasets", List.of(), ExperimentConfig.DATASETS),
        section.someSeeds("seeds"),
        set,
        axes,
        reader.onlyIf(varied),
        random);
  }
}
