package org.finegrain.optimizer;

import java.io.Serializable;

/**
 * Numbers of the whole flat vector that change by one rule.
 *
 * @param to exclusive
 * @param rateFactor by which their learning rate differs from the schedule's
 */
public record ParameterGroup(int from, int to, UpdateRule rule, double rateFactor)
    implements Serializable {}
