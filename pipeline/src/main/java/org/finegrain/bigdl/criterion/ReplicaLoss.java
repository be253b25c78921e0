package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.bigdl.interop.BigDl;

/**
 * The loss of a replica's part of a batch. It is weighted so that its mean over the replicas is the
 * mean over the samples of the batch: by {@code n·R/B} for n of B samples on one of R replicas. The
 * weight is 1 where all parts are equal.
 */
public final class ReplicaLoss {
  private final TotalLossCriterion loss;
  private final int replicas;
  private final int batchSize;

  /**
   * Creates the loss of one replica.
   *
   * @param loss the mean over samples
   * @param replicas the number of replicas over all executors
   * @param batchSize the number of samples in a batch, over all replicas
   */
  public ReplicaLoss(TotalLossCriterion loss, int replicas, int batchSize) {
    this.loss = loss;
    this.replicas = replicas;
    this.batchSize = batchSize;
  }

  /** Returns the sums of the loss's terms over the replica's samples since the epoch began. */
  public LossSums sums() {
    return loss.sums();
  }

  /**
   * Returns the weighted loss of some samples of the replica, or of all.
   *
   * @param outputs the network's outputs for these samples
   * @param target see {@link TrainingTarget}
   */
  public float value(Activity outputs, Tensor<Object> target) {
    return (Float) loss.forward(outputs, target) * weight(target);
  }

  /**
   * Returns the gradient of the last loss with respect to the network's outputs. The next call
   * overwrites it.
   */
  public Activity gradients(Activity outputs, Tensor<Object> target) {
    Activity gradients = loss.backward(outputs, target);
    float weight = weight(target);
    if (weight != 1) {
      BigDl.tensors(gradients).forEach(gradient -> gradient.mul(weight));
    }
    return gradients;
  }

  private float weight(Tensor<Object> target) {
    return (float) ((double) target.size(1) * replicas / batchSize);
  }
}
