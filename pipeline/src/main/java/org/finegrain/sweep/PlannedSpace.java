package org.finegrain.sweep;

import java.util.List;
import java.util.SortedMap;

/**
 * A space of a plan.
 *
 * @param name the name of the space; {@link #AXES} for the axes of the sweep itself
 * @param datasets the datasets' short names
 * @param seeds the seeds
 * @param set configuration key → the value that it has in this space, as HOCON text
 * @param axes axis → its values for a reader: of a key as HOCON text, else their names. Where
 *     combinations are drawn, the values that were drawn
 * @param draws how many combinations were drawn; 0 where all of them are taken
 */
public record PlannedSpace(
    String name,
    List<String> datasets,
    List<Long> seeds,
    SortedMap<String, String> set,
    SortedMap<String, List<String>> axes,
    int draws) {
  /** The name of the space that {@code sweep.axes} spans. */
  public static final String AXES = "axes";

  /** Returns how many combinations there are, equal ones included. */
  int combinations() {
    int ofAxes = axes.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
    return (draws > 0 ? draws : ofAxes) * datasets.size() * seeds.size();
  }
}
