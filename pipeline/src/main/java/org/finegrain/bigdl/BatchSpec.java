package org.finegrain.bigdl;

import java.io.Serializable;

/**
 * How executors make their parts of each batch: a pure function of this, the executor's share of
 * the samples and the position.
 *
 * @param training tells the trainings of one application apart
 * @param epochs after which nothing is loaded ahead
 */
record BatchSpec<S>(String training, SampleLoader<S> loader, long seed, EpochPlan plan, int epochs)
    implements Serializable {}
