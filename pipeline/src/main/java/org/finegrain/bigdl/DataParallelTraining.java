package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.driver.DistributedRun;
import org.finegrain.bigdl.group.Members;
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
 * Trains a network data-parallel over the executors. In each step, every replica computes the
 * gradient of its part of the batch, and every executor updates its slice of the weights by the
 * mean of these gradients.
 *
 * <p>Promise: the same request, data, start and topology give the same bits. A training that starts
 * from a state that the observer received gives the same bits as one that never stopped. With
 * MKL-BLAS this needs {@code MKL_CBWR=AVX2,STRICT} in the environment: the order of its sums
 * otherwise follows the alignment of arrays, which the JVM does not fix.
 */
public final class DataParallelTraining {
  private final TrainingEngine engine;

  /** Creates trainings on the executors of {@code engine}. */
  public DataParallelTraining(TrainingEngine engine) {
    this.engine = engine;
  }

  /**
   * Trains until all epochs of the request are completed, or the observer says stop. The epochs of
   * {@code start} count among them.
   *
   * @param layers the network
   * @param start the initial weights at epoch 0 and step 0, or the state to resume from
   * @throws DivergedException if the loss is no longer a finite number
   * @throws SampleLoadingException if a sample cannot be loaded
   * @throws TrainingFailedException if the engine or the cluster fails
   * @throws IllegalArgumentException if {@code start} belongs to another network, batch size or
   *     number of samples, or if the samples do not fill a batch
   * @throws IllegalStateException if an executor lacks an option that the engine needs
   */
  public <S> void train(
      LayerGraph layers,
      TrainingRequest request,
      TrainingData<S> data,
      TrainingState start,
      TrainingObserver observer) {
    Members members = engine.group().members();
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(trained(layers, request), start.weights());
    new DistributedRun(
            members,
            engine.kept(),
            network,
            ParameterLayout.of(layers, network),
            TotalLossCriterion.of(request.loss(), request.seed()),
            request)
        .run(data, start, observer);
  }

  /**
   * Returns the layers with stored statistics where the request says so, and in all frozen layers.
   */
  private static LayerGraph trained(LayerGraph layers, TrainingRequest request) {
    return layers.withStoredStatistics(
        layer ->
            request.train().batchNormStatistics() == BatchNormStatistics.STORED
                || ParameterGroups.isFrozen(request.train().freeze(), layer + "."));
  }
}
