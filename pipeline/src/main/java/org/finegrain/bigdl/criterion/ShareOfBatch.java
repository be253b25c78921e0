package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.bigdl.interop.BigDl;

/**
 * The loss of a replica's part of a batch, weighted so that the mean over replicas is the mean over
 * the samples of the batch: {@code n·R/B} for n samples of B on one of R replicas. Where the parts
 * are equal the weight is 1.
 */
public final class ShareOfBatch {
  private final TotalLossCriterion loss;
  private final int replicas;
  private final int batchSize;

  /**
   * @param loss a mean over samples, whose gradients are computed with it
   */
  public ShareOfBatch(TotalLossCriterion loss, int replicas, int batchSize) {
    this.loss = loss;
    this.replicas = replicas;
    this.batchSize = batchSize;
  }

  /** Of the loss terms over samples. */
  public LossSums sums() {
    return loss.sums();
  }

  /** Of what the network gives for some samples of the replica, or all. */
  public float of(Activity outputs, Tensor<Object> target) {
    return (Float) loss.forward(outputs, target) * weight(target);
  }

  /** Of that loss; overwritten by the next. */
  public Activity gradientsOf(Activity outputs, Tensor<Object> target) {
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
