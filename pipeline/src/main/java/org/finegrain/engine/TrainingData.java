package org.finegrain.engine;

import org.apache.spark.api.java.JavaRDD;

/**
 * The samples that a training learns from.
 *
 * @param <S> the type of a sample
 * @param samples in any order and partitioning; the training divides them over executors by id and
 *     keeps them in memory there
 * @param loader turns a sample into the input of the network
 */
public record TrainingData<S>(JavaRDD<S> samples, SampleLoader<S> loader) {}
