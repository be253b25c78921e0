package org.finegrain.report;

import java.util.List;
import java.util.SortedMap;

/**
 * The content of one sweep folder.
 *
 * @param name the name of the sweep
 * @param axes configuration key → its values, in the order of the space
 * @param trials the trials, in the order of the plan
 * @param datasets the sizes of the datasets that the sweep has noted
 */
record Sweep(
    String name,
    SortedMap<String, List<String>> axes,
    List<Trial> trials,
    List<DatasetFacts> datasets) {}
