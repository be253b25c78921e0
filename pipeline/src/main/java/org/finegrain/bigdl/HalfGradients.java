package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import java.util.concurrent.atomic.AtomicLong;
import scala.Tuple3;

/**
 * The weights and gradients of a training on several executors, which send each other gradients in
 * 16 bits, what BigDL calls fp16: the upper half of a float, cut off. Sums are cut likewise. BigDL
 * would have weights travel so too; here they do not, since every executor's gradients should be
 * those of the weights that are trained.
 */
final class HalfGradients extends AllReduceParameter<Object> {
  /** BigDL counts up from 0. */
  private static final AtomicLong NEXT_ID = new AtomicLong(-1);

  private final AllReduceParameter<Object> gradients;

  HalfGradients(int executors, int size) {
    super(NEXT_ID.getAndDecrement(), executors, size, 1, "none", BigDl.FLOAT, BigDl.NUMERIC);
    gradients =
        AllReduceParameter.newParameter(executors, size, 1, "fp16", BigDl.FLOAT, BigDl.NUMERIC);
  }

  @Override
  public Tuple3<Object, Object, Object> init(
      Tensor<Object> weights, TensorNumeric<Object> numeric) {
    gradients.init(weights, numeric);
    return super.init(weights, numeric);
  }

  @Override
  public Tensor<Object> gradientPartition() {
    return gradients.gradientPartition();
  }

  @Override
  public void putGradients(Tensor<Object> all) {
    gradients.putGradients(all);
  }

  @Override
  public void aggregateGradientPartition(int replicas) {
    gradients.aggregateGradientPartition(replicas);
  }
}
