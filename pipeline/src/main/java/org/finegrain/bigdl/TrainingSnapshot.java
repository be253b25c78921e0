package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.finegrain.model.NamedTensors;

/**
 * All that a training has learned, fetched from the executors between two steps.
 *
 * @param weights the flat vector
 * @param remembered by the optimiser
 * @param estimates running estimates, the mean over replicas
 * @param losses sums of the loss terms over all samples since the last snapshot
 */
record TrainingSnapshot(
    float[] weights, OptimizerState remembered, float[][] estimates, double[] losses) {

  /**
   * What one executor has.
   *
   * @param weights its slice of the flat vector, as are those that are remembered
   * @param estimates replica → running estimate → values
   * @param losses replica → sums of the loss terms
   */
  private record Part(
      int partition,
      float[] weights,
      OptimizerState remembered,
      float[][][] estimates,
      double[][] losses)
      implements Serializable {}

  /**
   * Takes a snapshot, sets the running estimates of all replicas to the mean that it holds, and the
   * sums of losses to zero: a training that goes on then continues from the same numbers as one
   * that resumes from it.
   */
  static TrainingSnapshot take(Replicas replicas) {
    AllReduceParameter<Object> parameters = replicas.parameters();
    String training = replicas.training();
    List<Part> parts =
        new ArrayList<>(
            replicas
                .rdd()
                .mapPartitions(it -> List.of(part(training, it.next(), parameters)).iterator())
                .collect());
    parts.sort(Comparator.comparingInt(Part::partition));
    float[][] estimates = mean(parts.stream().flatMap(it -> Stream.of(it.estimates())).toList());
    replicas.rdd().foreachPartition(it -> goOnFrom(estimates, it.next()));
    return new TrainingSnapshot(
        join(parts.stream().map(Part::weights).toList()),
        new OptimizerState(
            joinEach(parts.stream().map(it -> it.remembered().memory()).toList()),
            join(parts.stream().map(it -> it.remembered().average()).toList())),
        estimates,
        sum(parts.stream().flatMap(it -> Stream.of(it.losses())).toList()));
  }

  TrainingState state(int epochs, long steps, ParameterGroups groups) {
    ParameterLayout layout = groups.layout();
    return new TrainingState(
        epochs,
        steps,
        layout.split(weights, estimates),
        groups.split(remembered.memory()),
        remembered.average().length == 0
            ? NamedTensors.of(Map.of())
            : layout.split(remembered.average(), estimates));
  }

  private static void goOnFrom(float[][] estimates, DistriOptimizer.Cache<Object> cache) {
    if (estimates.length > 0) {
      for (AbstractModule<?, ?, Object> replica : cache.localModels()) {
        replica.setExtraParameter(tensors(estimates));
      }
    }
    criteria(cache).forEach(it -> it.sums().clear());
  }

  private static Stream<TotalLossCriterion> criteria(DistriOptimizer.Cache<Object> cache) {
    return Stream.of(cache.localCriterions()).map(ShareOfBatch.class::cast).map(ShareOfBatch::loss);
  }

  private static Part part(
      String training, DistriOptimizer.Cache<Object> cache, AllReduceParameter<Object> parameters) {
    ReplicaGuard.require(training, TaskContext.getPartitionId(), cache);
    FlatOptimizer optimizer = FlatOptimizer.of(cache);
    return new Part(
        TaskContext.getPartitionId(),
        BigDl.copy(parameters.weightPartition()),
        new OptimizerState(
            optimizer.update(parameters.localPartitionRange()).memory(), optimizer.average()),
        Stream.of(cache.localModels()).map(TrainingSnapshot::estimates).toArray(float[][][]::new),
        criteria(cache).map(it -> it.sums().read()).toArray(double[][]::new));
  }

  private static float[][] estimates(AbstractModule<?, ?, Object> replica) {
    Tensor<Object>[] estimates = replica.getExtraParameter();
    return estimates == null
        ? new float[0][]
        : Stream.of(estimates).map(BigDl::copy).toArray(float[][]::new);
  }

  private static float[][] mean(List<float[][]> replicas) {
    float[][] mean = new float[replicas.get(0).length][];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = new float[replicas.get(0)[i].length];
      for (int j = 0; j < mean[i].length; j++) {
        double sum = 0;
        for (float[][] replica : replicas) {
          sum += replica[i][j];
        }
        mean[i][j] = (float) (sum / replicas.size());
      }
    }
    return mean;
  }

  /** In the order of partitions and replicas: the same again, however tasks end. */
  private static double[] sum(List<double[]> replicas) {
    double[] sum = new double[replicas.get(0).length];
    for (double[] replica : replicas) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += replica[i];
      }
    }
    return sum;
  }

  @SuppressWarnings("unchecked")
  private static Tensor<Object>[] tensors(float[][] values) {
    return Stream.of(values).map(it -> BigDl.tensor(it, it.length)).toArray(Tensor[]::new);
  }

  private static float[][] joinEach(List<float[][]> slices) {
    float[][] joined = new float[slices.get(0).length][];
    for (int i = 0; i < joined.length; i++) {
      int index = i;
      joined[i] = join(slices.stream().map(slice -> slice[index]).toList());
    }
    return joined;
  }

  private static float[] join(List<float[]> slices) {
    float[] joined = new float[slices.stream().mapToInt(slice -> slice.length).sum()];
    int offset = 0;
    for (float[] slice : slices) {
      System.arraycopy(slice, 0, joined, offset, slice.length);
      offset += slice.length;
    }
    return joined;
  }
}
