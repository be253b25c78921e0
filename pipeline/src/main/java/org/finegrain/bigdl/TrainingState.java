package org.finegrain.bigdl;

import org.finegrain.model.NamedTensors;

/**
 * All that a continued training needs.
 *
 * @param epoch completed epochs
 * @param step completed steps
 * @param weights with batch-norm statistics and, with the projected CC-Loss, {@code cc.projection}
 * @param memory of the optimiser, such as momentum, by parameter name; empty before the first step
 */
public record TrainingState(int epoch, long step, NamedTensors weights, NamedTensors memory) {}
