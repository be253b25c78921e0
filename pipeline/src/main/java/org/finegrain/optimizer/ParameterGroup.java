package org.finegrain.optimizer;

import java.io.Serializable;

/**
 * A range of the flat weight vector that one rule updates.
 *
 * @param from the index of its first weight
 * @param to the index after its last weight
 * @param rateFactor the factor by which its learning rate differs from that of the schedule
 */
public record ParameterGroup(int from, int to, UpdateRule rule, double rateFactor)
    implements Serializable {}
