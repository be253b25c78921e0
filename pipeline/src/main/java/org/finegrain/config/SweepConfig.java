package org.finegrain.config;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The space of a sweep: every combination of dataset, value of each axis, and seed. Keys under
 * {@code sweep}.
 *
 * @param axes configuration key → values as HOCON text, e.g. {@code loss.eta → [2, 3]}
 */
public record SweepConfig(
    List<String> datasets, List<Long> seeds, SortedMap<String, List<String>> axes) {
  public static final SweepConfig DEFAULTS =
      new SweepConfig(List.of(), List.of(1L), new TreeMap<>());
}
