package org.finegrain.bigdl;

import java.io.Serializable;

/**
 * What is remembered beside the weights from step to step, in the flat vector's order.
 *
 * @param memory of the optimiser's rules
 * @param average of the weights; empty where none is kept
 */
record OptimizerState(float[][] memory, float[] average) implements Serializable {}
