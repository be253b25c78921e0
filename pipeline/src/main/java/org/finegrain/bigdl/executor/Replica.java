package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.stream.Stream;
import org.finegrain.bigdl.criterion.ReplicaLoss;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import scala.Tuple2;

/** A copy of the network that computes the loss and the gradient of its part of each batch. */
final class Replica {
  private final AbstractModule<Activity, Activity, Object> network;
  private final ReplicaLoss loss;
  private final int microBatchSize;
  private final float[] weights;
  private final float[] gradients;

  /**
   * Creates a replica of a network.
   *
   * @param microBatchSize the greatest number of samples that the network computes at once; 0 for
   *     all
   */
  Replica(
      AbstractModule<Activity, Activity, Object> network, ReplicaLoss loss, int microBatchSize) {
    this.network = network;
    this.loss = loss;
    this.microBatchSize = microBatchSize;
    Tuple2<Tensor<Object>, Tensor<Object>> flat = network.getParameters();
    weights = fullArray(flat._1());
    gradients = fullArray(flat._2());
    network.training();
  }

  /** Returns the array of a flat vector, which must fill it. */
  private static float[] fullArray(Tensor<Object> flat) {
    float[] array = BigDl.array(flat);
    if (BigDl.offset(flat) != 0 || array.length != flat.nElement()) {
      throw new IllegalStateException("The flat vector does not fill its array");
    }
    return array;
  }

  /** Returns the network's own flat vector of weights. */
  float[] weights() {
    return weights;
  }

  /** Returns the network's own flat vector of gradients, which the last pass has computed. */
  float[] gradients() {
    return gradients;
  }

  /**
   * Does a forward and a backward pass.
   *
   * @param images (N,3,H,W)
   * @param target the target of the images, see {@link TrainingTarget}
   * @return the weighted loss of the images
   */
  float pass(Tensor<Object> images, Tensor<Object> target) {
    return microBatchSize == 0
        ? passOf(new MicroBatch(0, images.size(1), 0), images, target)
        : passes(images, target);
  }

  private float passOf(MicroBatch part, Tensor<Object> images, Tensor<Object> target) {
    network.zeroGradParameters();
    Tensor<Object> rows = part.rows(images);
    Tensor<Object> counted = part.countedRows(target);
    Activity outputs = part.counted(network.forward(rows));
    float value = loss.value(outputs, counted);
    network.backward(rows, part.withRepeated(loss.gradients(outputs, counted)));
    return value;
  }

  /**
   * Does the pass in micro-batches, and sums their gradients. The network cannot sum them, because
   * layers of MKL-DNN overwrite gradients where others add to them.
   */
  private float passes(Tensor<Object> images, Tensor<Object> target) {
    float[] sums = new float[gradients.length];
    double value = 0;
    for (MicroBatch part : MicroBatch.of(images.size(1), microBatchSize)) {
      value += passOf(part, images, target);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += gradients[i];
      }
    }
    System.arraycopy(sums, 0, gradients, 0, sums.length);
    return (float) value;
  }

  /** Returns copies of the running estimates and the sums of losses. */
  ReplicaProgress progress() {
    Tensor<Object>[] estimates = network.getExtraParameter();
    return new ReplicaProgress(
        estimates == null
            ? new float[0][]
            : Stream.of(estimates).map(BigDl::copy).toArray(float[][]::new),
        loss.sums().read());
  }

  /** Continues from the progress of a replica. */
  void restore(ReplicaProgress progress) {
    if (progress.estimates().length > 0) {
      network.setExtraParameter(
          BigDl.arrayOf(
              Stream.of(progress.estimates())
                  .map(estimate -> BigDl.tensor(estimate, estimate.length))
                  .toList()));
    }
    loss.sums().restore(progress.losses());
  }
}
