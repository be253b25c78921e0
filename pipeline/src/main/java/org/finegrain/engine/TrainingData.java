package org.finegrain.engine;

import org.apache.spark.api.java.JavaRDD;

/**
 * What a training learns from.
 *
 * @param samples in any order and partitioning; shared out by id and cached by the training
 */
public record TrainingData<S>(JavaRDD<S> samples, SampleLoader<S> loader) {}
