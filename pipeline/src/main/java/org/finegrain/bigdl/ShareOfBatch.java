package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractCriterion;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The loss of a replica's part of a batch, weighted so that the mean over replicas, which is what
 * DistriOptimizer takes of losses and of gradients, is the mean over the samples of the batch:
 * {@code n·R/B} for n samples of B on one of R replicas. Where the parts are equal the weight is 1.
 */
final class ShareOfBatch extends AbstractCriterion<Activity, Activity, Object> {
  private static final ClassTag<Activity> ACTIVITY = ClassTag$.MODULE$.apply(Activity.class);

  private final TotalLossCriterion loss;
  private final int replicas;
  private final int batchSize;

  /**
   * @param loss a mean over samples, whose gradients are computed with it
   */
  ShareOfBatch(TotalLossCriterion loss, int replicas, int batchSize) {
    super(ACTIVITY, ACTIVITY, BigDl.FLOAT, BigDl.NUMERIC);
    this.loss = loss;
    this.replicas = replicas;
    this.batchSize = batchSize;
  }

  TotalLossCriterion loss() {
    return loss;
  }

  @Override
  public Object updateOutput(Activity input, Activity target) {
    Tensor<Object> rows = BigDl.cast(target);
    loss.beginStep(rows);
    output_$eq(input instanceof MicroBatchPasses passes ? passes.run(this, rows) : of(input, rows));
    return output();
  }

  /** Of what the network gives for some samples of the replica, or all. */
  float of(Activity outputs, Tensor<Object> target) {
    return (Float) loss.forward(outputs, target) * weight(target);
  }

  /** Of that loss; overwritten by the next. */
  Activity gradientsOf(Activity outputs, Tensor<Object> target) {
    Activity gradients = loss.backward(outputs, target);
    float weight = weight(target);
    if (weight != 1) {
      BigDl.tensors(gradients).forEach(gradient -> gradient.mul(weight));
    }
    return gradients;
  }

  @Override
  public Activity updateGradInput(Activity input, Activity target) {
    if (!(input instanceof MicroBatchPasses)) { // whose gradients the network has already
      gradInput_$eq(gradientsOf(input, BigDl.cast(target)));
    }
    return gradInput();
  }

  private float weight(Tensor<Object> target) {
    return (float) ((double) target.size(1) * replicas / batchSize);
  }
}
