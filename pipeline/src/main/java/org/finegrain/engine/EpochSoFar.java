package org.finegrain.engine;

import java.util.List;
import org.finegrain.model.NamedTensors;

/**
 * The numbers of an unfinished epoch that every replica keeps for itself until the epoch ends. Both
 * lists are in the order of the replicas.
 *
 * @param loss the sum of the losses of the epoch's steps so far
 * @param terms for each replica, the sum of each loss term over its samples
 * @param estimates for each replica, the running estimates of its batch norms by name
 */
public record EpochSoFar(double loss, List<List<Double>> terms, List<NamedTensors> estimates) {}
