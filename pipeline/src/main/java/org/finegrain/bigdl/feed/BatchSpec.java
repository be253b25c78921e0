package org.finegrain.bigdl.feed;

import java.io.Serializable;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.SampleLoader;

/**
 * How executors make their parts of each batch: a pure function of this, the executor's share of
 * the samples and the position.
 *
 * @param training tells the trainings of one application apart
 * @param epochs after which nothing is loaded ahead
 */
public record BatchSpec<S>(
    String training, SampleLoader<S> loader, long seed, EpochPlan plan, int epochs)
    implements Serializable {}
