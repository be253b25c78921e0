package org.finegrain.engine;

import java.util.Map;

/**
 * The loss of an epoch's training batches: means over the samples of its steps.
 *
 * @param total what is minimised
 * @param parts the terms of the sum by name, without their weights
 */
public record EpochLoss(double total, Map<String, Double> parts) {}
