package org.finegrain.engine;

import java.util.Map;

/**
 * The loss over an epoch's training batches, as means over the samples of its steps.
 *
 * @param total the loss that training minimises
 * @param parts the terms of that loss by name, before they are multiplied by their weights
 */
public record EpochLoss(double total, Map<String, Double> parts) {}
