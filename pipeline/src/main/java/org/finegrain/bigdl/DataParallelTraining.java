package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.driver.DistributedRun;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.config.BatchNormStatistics;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.LayerGraph;

/**
 * Trains a network of BigDL's layers data-parallel across executors: each computes the gradients of
 * its part of a batch, and updates its slice of the weights by the mean of all.
 *
 * <p>Promise: the same request, data, start and topology give the same bits, and a training that
 * starts from a state that the observer was told gives the same bits as one that never stopped.
 * With MKL-BLAS this needs {@code MKL_CBWR=AVX2,STRICT} in the environment: its sums otherwise
 * follow the alignment of arrays, which the JVM does not fix.
 */
public final class DataParallelTraining {
  private final TrainingEngine engine;

  public DataParallelTraining(TrainingEngine engine) {
    this.engine = engine;
  }

  /**
   * Trains until all epochs are completed, those before a resume included, or the observer says
   * stop.
   *
   * @param start initial weights at epoch and step 0, or the state to resume from
   * @return the last state that the observer was told; {@code start} if there was none
   * @throws DivergedException if the loss is no longer a number
   * @throws SampleLoadingException if a sample cannot be loaded
   * @throws TrainingFailedException if the engine or the cluster fails
   */
  public <S> TrainingState train(
      LayerGraph layers,
      TrainingRequest request,
      TrainingData<S> data,
      TrainingState start,
      TrainingObserver observer) {
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(trained(layers, request), start.weights());
    return new DistributedRun(
            engine.spark(),
            engine.topology(),
            network,
            ParameterLayout.of(layers, network),
            TotalLossCriterion.of(request.loss(), request.seed()),
            request)
        .run(data, start, observer);
  }

  /** What is frozen normalises with stored statistics in any case. */
  private static LayerGraph trained(LayerGraph layers, TrainingRequest request) {
    return layers.withStoredStatistics(
        layer ->
            request.train().batchNormStatistics() == BatchNormStatistics.STORED
                || ParameterGroups.isFrozen(request.train().freeze(), layer + "."));
  }
}
