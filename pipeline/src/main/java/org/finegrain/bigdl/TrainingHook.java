package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.ParameterProcessor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Arrays;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.optimizer.VectorUpdate;

/**
 * What is done on executors before each update: a resumed training gets back what its optimiser
 * remembered, and no replica that was lost and made anew takes part.
 */
final class TrainingHook implements ParameterProcessor {
  private final String training;
  private final long firstStep;
  private final Broadcast<OptimizerState> remembered;

  /**
   * @param firstStep that this training does
   * @param remembered by the optimiser; null where a training starts anew
   */
  TrainingHook(String training, long firstStep, Broadcast<OptimizerState> remembered) {
    this.training = training;
    this.firstStep = firstStep;
    this.remembered = remembered;
  }

  @Override
  public <T> void processParameters(
      AllReduceParameter<T> vector,
      DistriOptimizer.Cache<T> replica,
      Table state,
      TensorNumeric<T> numeric) {
    int partition = TaskContext.getPartitionId();
    FlatOptimizer optimizer = FlatOptimizer.of(replica);
    VectorUpdate update = optimizer.update(vector.localPartitionRange());
    if ((Integer) state.apply("neval") - 1L > firstStep) {
      ReplicaGuard.require(training, partition, replica);
      return;
    }
    ReplicaGuard.begin(training, partition, replica);
    if (remembered == null) {
      if (optimizer.keepsAverage()) {
        optimizer.beginAverage(BigDl.copy(BigDl.cast(vector.weightPartition())));
      }
    } else {
      int from = (Integer) vector.localPartitionRange()._1() - 1;
      for (int i = 0; i < update.memory().length; i++) {
        float[] slice = update.memory()[i];
        System.arraycopy(remembered.value().memory()[i], from, slice, 0, slice.length);
      }
      if (optimizer.keepsAverage()) {
        int length = (Integer) vector.localPartitionRange()._2();
        optimizer.beginAverage(
            Arrays.copyOfRange(remembered.value().average(), from, from + length));
      }
    }
  }
}
