package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;

/**
 * What a replica does not share with the others until an epoch ends.
 *
 * @param estimates running estimates, in the engine's order
 * @param losses sums of the loss terms over the samples of the epoch so far
 */
record ReplicaProgress(float[][] estimates, double[] losses) implements Serializable {

  /** Of the replicas of one executor, in their order. */
  static List<ReplicaProgress> of(DistriOptimizer.Cache<Object> executor) {
    List<ReplicaProgress> all = new ArrayList<>();
    for (int i = 0; i < executor.localModels().length; i++) {
      all.add(
          new ReplicaProgress(
              estimates(executor.localModels()[i]), criterion(executor, i).sums().read()));
    }
    return all;
  }

  /** Has each of {@code replicas} go on from its own. */
  static void give(List<ReplicaProgress> all, Replicas replicas) {
    replicas.rdd().foreachPartition(it -> give(all, it.next()));
  }

  private static void give(List<ReplicaProgress> all, DistriOptimizer.Cache<Object> executor) {
    int count = executor.localModels().length;
    for (int i = 0; i < count; i++) {
      ReplicaProgress own = all.get(TaskContext.getPartitionId() * count + i);
      if (own.estimates.length > 0) {
        executor.localModels()[i].setExtraParameter(tensors(own.estimates));
      }
      criterion(executor, i).sums().restore(own.losses);
    }
  }

  /** The mean of the running estimates. */
  static float[][] meanEstimates(List<ReplicaProgress> all) {
    float[][] mean = new float[all.get(0).estimates.length][];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = new float[all.get(0).estimates[i].length];
      for (int j = 0; j < mean[i].length; j++) {
        double sum = 0;
        for (ReplicaProgress replica : all) {
          sum += replica.estimates[i][j];
        }
        mean[i][j] = (float) (sum / all.size());
      }
    }
    return mean;
  }

  /** In the order of the replicas: the same again, however tasks end. */
  static double[] summedLosses(List<ReplicaProgress> all) {
    double[] sum = new double[all.get(0).losses.length];
    for (ReplicaProgress replica : all) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += replica.losses[i];
      }
    }
    return sum;
  }

  private static float[][] estimates(AbstractModule<?, ?, Object> replica) {
    Tensor<Object>[] estimates = replica.getExtraParameter();
    return estimates == null
        ? new float[0][]
        : Stream.of(estimates).map(BigDl::copy).toArray(float[][]::new);
  }

  private static TotalLossCriterion criterion(DistriOptimizer.Cache<Object> executor, int replica) {
    return BigDl.<ShareOfBatch>cast(executor.localCriterions()[replica]).loss();
  }

  @SuppressWarnings("unchecked")
  private static Tensor<Object>[] tensors(float[][] values) {
    return Stream.of(values).map(it -> BigDl.tensor(it, it.length)).toArray(Tensor[]::new);
  }
}
