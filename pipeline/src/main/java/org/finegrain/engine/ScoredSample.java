package org.finegrain.engine;

import java.io.Serializable;

/**
 * What the network says of one sample.
 *
 * @param logits one per class
 */
public record ScoredSample(String id, int label, float[] logits) implements Serializable {}
