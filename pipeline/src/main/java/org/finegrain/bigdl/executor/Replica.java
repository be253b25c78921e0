package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.stream.Stream;
import org.finegrain.bigdl.criterion.ShareOfBatch;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import scala.Tuple2;

/** A copy of the network, and the loss of its part of each batch. */
final class Replica {
  private final AbstractModule<Activity, Activity, Object> network;
  private final ShareOfBatch loss;
  private final int microBatchSize;
  private final float[] weights;
  private final float[] gradients;

  /**
   * @param microBatchSize samples that the network is to see at once; 0: all
   */
  Replica(
      AbstractModule<Activity, Activity, Object> network, ShareOfBatch loss, int microBatchSize) {
    this.network = network;
    this.loss = loss;
    this.microBatchSize = microBatchSize;
    Tuple2<Tensor<Object>, Tensor<Object>> flat = network.getParameters();
    weights = whole(flat._1());
    gradients = whole(flat._2());
    network.training();
  }

  private static float[] whole(Tensor<Object> flat) {
    float[] array = BigDl.array(flat);
    if (BigDl.offset(flat) != 0 || array.length != flat.nElement()) {
      throw new IllegalStateException("The flat vector does not fill its array");
    }
    return array;
  }

  /** Those of the network, flat. */
  float[] weights() {
    return weights;
  }

  /** Of the last pass; those of the network, flat. */
  float[] gradients() {
    return gradients;
  }

  /**
   * A forward and a backward pass.
   *
   * @param images (N,3,H,W)
   * @param target of them, see {@link TrainingTarget}
   * @return the loss
   */
  float pass(Tensor<Object> images, Tensor<Object> target) {
    return microBatchSize == 0
        ? passOf(new MicroBatch(0, images.size(1), 0), images, target)
        : passes(images, target);
  }

  private float passOf(MicroBatch part, Tensor<Object> images, Tensor<Object> target) {
    network.zeroGradParameters();
    Tensor<Object> seen = part.seen(images);
    Tensor<Object> counted = part.counted(target);
    Activity outputs = part.counted(network.forward(seen));
    float value = loss.of(outputs, counted);
    network.backward(seen, part.spread(loss.gradientsOf(outputs, counted)));
    return value;
  }

  /**
   * Layers of MKL-DNN overwrite their gradients, others add to them: summed up here, all do the
   * same.
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

  ReplicaProgress progress() {
    Tensor<Object>[] estimates = network.getExtraParameter();
    return new ReplicaProgress(
        estimates == null
            ? new float[0][]
            : Stream.of(estimates).map(BigDl::copy).toArray(float[][]::new),
        loss.sums().read());
  }

  /** Goes on from there. */
  void give(ReplicaProgress progress) {
    if (progress.estimates().length > 0) {
      network.setExtraParameter(
          BigDl.arrayOf(
              Stream.of(progress.estimates()).map(it -> BigDl.tensor(it, it.length)).toList()));
    }
    loss.sums().restore(progress.losses());
  }
}
