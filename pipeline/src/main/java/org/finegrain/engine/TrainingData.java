package org.finegrain.engine;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * The samples that a training learns from.
 *
 * @param <S> the type of a sample
 * @param samples in any order and partitioning; the training divides them over executors by id and
 *     keeps them in memory there
 * @param loader turns a sample into the input of the network
 * @param source the name of the samples, which changes when they do. With it, the engine keeps them
 *     for the next training that names it; without it, this training alone reads them
 */
public record TrainingData<S>(JavaRDD<S> samples, SampleLoader<S> loader, Optional<String> source) {
  /** Names samples that this training alone reads. */
  public TrainingData(JavaRDD<S> samples, SampleLoader<S> loader) {
    this(samples, loader, Optional.empty());
  }
}
