package org.finegrain.engine;

import java.io.Serializable;

/**
 * A sample with the logits that a network gives for it.
 *
 * @param id the sample's id
 * @param label the number of its true class, from 0
 * @param logits one for each class, in the order of the classes
 */
public record ScoredSample(String id, int label, float[] logits) implements Serializable {}
