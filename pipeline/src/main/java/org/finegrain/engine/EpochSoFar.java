package org.finegrain.engine;

import java.util.List;
import org.finegrain.model.NamedTensors;

/**
 * The sums of an unfinished epoch so far. {@code terms} and {@code estimates} have one entry for
 * each replica, in the order of the replicas.
 *
 * @param loss the sum of the losses of the epoch's steps so far
 * @param terms for each replica, the sum of each loss term over its samples
 * @param estimates for each replica, the running estimates of its batch norms by name
 */
public record EpochSoFar(double loss, List<List<Double>> terms, List<NamedTensors> estimates) {}
