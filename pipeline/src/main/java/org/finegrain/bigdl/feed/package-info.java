/**
 * The samples on their way into the network: which executor holds which sample, which samples are
 * in the batch of a step, and the threads that load them in time. The order of samples follows from
 * their ids and the seed alone.
 *
 * <p>Start at {@link org.finegrain.bigdl.feed.BatchFeed} for training and at {@link
 * org.finegrain.bigdl.feed.BatchScoring} for scoring.
 */
package org.finegrain.bigdl.feed;
