package org.finegrain.engine;

import java.util.List;
import org.finegrain.model.NamedTensors;

/**
 * Of an epoch that has begun: what replicas do not share until it ends. Lists are in the order of
 * the replicas.
 *
 * @param loss sum over the steps
 * @param terms of each replica the sums of the loss terms over its samples
 * @param estimates of each replica the running estimates of its batch norms, by name
 */
public record EpochSoFar(double loss, List<List<Double>> terms, List<NamedTensors> estimates) {}
