package org.finegrain.report;

import java.util.List;
import java.util.SortedMap;

/**
 * One sweep folder.
 *
 * @param axes configuration key → values, as given
 * @param trials in the order of the plan
 * @param datasets that it was run on, as far as it noted them
 */
record Sweep(
    String name,
    SortedMap<String, List<String>> axes,
    List<Trial> trials,
    List<DatasetFacts> datasets) {}
