package org.finegrain.tracking;

import java.util.Map;

/**
 * A sweep whose trials are tracked.
 *
 * @param name the name of the sweep
 * @param labels run id of a trial → its settings for a reader
 * @param spaces run id of a trial → the names of the spaces that need it
 */
public record TrackedSweep(String name, Map<String, String> labels, Map<String, String> spaces) {}
