package org.finegrain.sweep;

import java.util.SortedMap;

/**
 * The place of a trial in a space.
 *
 * @param space the name of the space
 * @param values axis → the trial's value, as in {@link PlannedSpace#axes}; without the axes that
 *     mean nothing for this trial
 */
public record Membership(String space, SortedMap<String, String> values) {}
