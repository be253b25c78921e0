package org.finegrain.bigdl.feed;

import java.io.Serializable;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.SampleLoader;

/**
 * The rule by which executors make up batches. With an executor's share of the samples and the
 * position of a step, it decides the executor's part of the batch.
 *
 * @param training the id of the training, unique in the application
 * @param loader turns a sample into the input of the network
 * @param seed of the order of the samples
 * @param plan the number of steps and their division over executors
 * @param epochs the number of epochs; after the last, no batch is loaded ahead
 */
public record BatchSpec<S>(
    String training, SampleLoader<S> loader, long seed, EpochPlan plan, int epochs)
    implements Serializable {}
