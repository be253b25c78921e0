package org.finegrain.train;

import java.util.SortedMap;
import org.finegrain.config.ExperimentConfig;

/**
 * An attempt at a run, as a {@link RunTracker} is told of it.
 *
 * @param key the run, its data, its seed and its number of replicas
 * @param folder the location of the run folder
 * @param circumstances field of {@code provenance.json} → its value as text
 */
public record TrackedRun(
    RunKey key, ExperimentConfig config, String folder, SortedMap<String, String> circumstances) {}
