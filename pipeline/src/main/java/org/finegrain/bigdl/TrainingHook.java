package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.SGD;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.ParameterProcessor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Arrays;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What is done on executors before each update: a resumed training gets its momentum back, and no
 * replica that was lost and made anew takes part.
 */
final class TrainingHook implements ParameterProcessor {
  private final String training;
  private final long firstStep;
  private final Broadcast<float[]> momentum;

  /**
   * @param firstStep that this training does
   * @param momentum of all but the centers, in the flat vector's order; null where a training
   *     starts without
   */
  TrainingHook(String training, long firstStep, Broadcast<float[]> momentum) {
    this.training = training;
    this.firstStep = firstStep;
    this.momentum = momentum;
  }

  @Override
  public <T> void processParameters(
      AllReduceParameter<T> vector,
      DistriOptimizer.Cache<T> replica,
      Table state,
      TensorNumeric<T> numeric) {
    int partition = TaskContext.getPartitionId();
    if ((Integer) state.apply("neval") - 1L == firstStep) {
      ReplicaGuard.begin(training, partition, replica);
    } else {
      ReplicaGuard.require(training, partition, replica);
    }
    if (momentum != null) {
      SGD<Object> sgd = Optimizers.ofNetwork(replica);
      Tuple2<Object, Object> range = vector.localPartitionRange();
      int from = (Integer) range._1() - 1;
      int to = Math.min(from + (Integer) range._2(), momentum.value().length);
      if (Sgd.buffer(sgd) == null && from < to) {
        Sgd.setBuffer(sgd, BigDl.tensor(Arrays.copyOfRange(momentum.value(), from, to), to - from));
      }
    }
  }
}
