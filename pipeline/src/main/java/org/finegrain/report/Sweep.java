package org.finegrain.report;

import java.util.List;

/**
 * The content of one sweep folder.
 *
 * @param name the name of the sweep
 * @param trials the trials, in the order of the plan
 * @param datasets the sizes of the datasets that the sweep has noted
 */
record Sweep(String name, List<Trial> trials, List<DatasetFacts> datasets) {}
