package org.finegrain.report;

import java.util.List;
import java.util.Map;

/**
 * The content of one sweep folder.
 *
 * @param name the name of the sweep
 * @param trials the trials, in the order of the plan
 * @param datasets the sizes of the datasets that the sweep has noted
 * @param axes space → axis → its values as the user listed them; empty where the plan has none
 */
record Sweep(
    String name,
    List<Trial> trials,
    List<DatasetFacts> datasets,
    Map<String, Map<String, List<String>>> axes) {
  /** Makes a sweep whose plan lists no axes. */
  Sweep(String name, List<Trial> trials, List<DatasetFacts> datasets) {
    this(name, trials, datasets, Map.of());
  }
}
