package org.finegrain.cost;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;

/**
 * The request for the cost of a sweep: the plan, and where its images and rates are found.
 *
 * @param experiment the experiment that {@code plan} is the plan of
 * @param sweep the sweep folder; it need not exist
 * @param data the folder of ingested datasets, by short name; without it, official counts are taken
 * @param rates further sweep folders, or folders of runs, in which rates are looked for
 * @param master the Spark master that the sweep would run on
 */
public record CostRequest(
    Plan plan,
    ExperimentConfig experiment,
    Folder sweep,
    Optional<Folder> data,
    List<Folder> rates,
    String master) {}
