package org.finegrain.train;

/**
 * How well a network does on a split.
 *
 * @param top1 share of the samples whose label has the largest logit, from 0 to 1
 * @param top5 share of the samples whose label is among the five largest logits
 * @param loss mean cross entropy, in nats
 */
public record Scores(long samples, double top1, double top5, double loss) {}
