package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.List;

/** What {@link MicroBatchNetwork} gives in the place of outputs: the passes that are to be done. */
final class MicroBatchPasses implements Activity {
  private final AbstractModule<Activity, Activity, Object> network;
  private final Tensor<Object> images;
  private final int most;

  MicroBatchPasses(
      AbstractModule<Activity, Activity, Object> network, Tensor<Object> images, int most) {
    this.network = network;
    this.images = images;
    this.most = most;
  }

  /**
   * Leaves the gradients of the whole in the network.
   *
   * @param target of all images
   * @return the loss of the whole
   */
  float run(ShareOfBatch loss, Tensor<Object> target) {
    List<MicroBatch> parts = MicroBatch.of(images.size(1), most);
    Tensor<Object>[] gradients = network.parameters()._2();
    List<Tensor<Object>> sums = List.of();
    double sum = 0;
    for (MicroBatch part : parts) {
      // Layers of MKL-DNN overwrite their gradients, others add to them: summed up here, they do
      // the same.
      network.zeroGradParameters();
      Tensor<Object> seen = part.seen(images);
      Tensor<Object> counted = part.counted(target);
      Activity outputs = part.counted(network.forward(seen));
      sum += loss.of(outputs, counted);
      network.backward(seen, part.spread(loss.gradientsOf(outputs, counted)));
      if (sums.isEmpty()) {
        sums =
            List.of(gradients).stream().map(it -> BigDl.<Tensor<Object>>cast(it.clone())).toList();
      } else {
        for (int i = 0; i < gradients.length; i++) {
          sums.get(i).add(gradients[i]);
        }
      }
    }
    for (int i = 0; i < gradients.length; i++) {
      gradients[i].copy(sums.get(i));
    }
    return (float) sum;
  }

  @Override
  public <D> Tensor<D> toTensor(TensorNumeric<D> numeric) {
    throw new UnsupportedOperationException("No tensor: the passes are still to be done");
  }

  @Override
  public Table toTable() {
    throw new UnsupportedOperationException("No table: the passes are still to be done");
  }

  @Override
  public boolean isTensor() {
    return false;
  }

  @Override
  public boolean isTable() {
    return false;
  }
}
