package org.finegrain.bigdl;

import java.io.Serializable;

/**
 * How an executor makes its part of each batch: a pure function of this, its share of the samples
 * and the position.
 *
 * @param training tells the trainings of one application apart
 * @param epochs after which nothing is loaded ahead
 */
record BatchSpec<S>(
    String training,
    SampleLoader<S> loader,
    long seed,
    int stepsPerEpoch,
    int samplesPerStep,
    int epochs)
    implements Serializable {}
