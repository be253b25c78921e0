/**
 * The way of samples into the network: which executor holds which sample, which samples make up the
 * batch of a step, and how they are loaded in time by threads of their own. The order of samples
 * follows from ids and the seed alone.
 *
 * <p>Start at {@link org.finegrain.bigdl.feed.BatchFeed} for training and at {@link
 * org.finegrain.bigdl.feed.BatchScoring} for scoring.
 */
package org.finegrain.bigdl.feed;
