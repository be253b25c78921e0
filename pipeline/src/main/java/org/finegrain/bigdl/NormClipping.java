package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.Metrics;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.ParameterProcessor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag$;

/**
 * Shortens a gradient whose L2 norm, over all weights that learn, is above a limit, as {@code
 * torch.nn.utils.clip_grad_norm_} does: by {@code limit/(norm + 1e-6)}. The norm is that of the
 * mean gradient of all replicas. Sums of executors are added in the order of their slices: the same
 * topology gives the same bits.
 */
final class NormClipping implements ParameterProcessor {
  /** Where the driver notes the norm of the step. */
  static final String NORM = "gradientNorm";

  private static final double EPSILON = 1e-6;

  private final double limit;

  NormClipping(double limit) {
    this.limit = limit;
  }

  private record Part(int partition, double sumOfSquares) implements Serializable {}

  /** On the driver, after the gradients of a step and before its update. */
  @Override
  public <T> void collectGlobalData(
      RDD<DistriOptimizer.Cache<T>> models,
      AllReduceParameter<T> vector,
      Metrics metrics,
      Table state,
      TensorNumeric<T> numeric) {
    int replicas = (Integer) state.apply("numFinishedModel");
    JavaRDD<DistriOptimizer.Cache<Object>> executors =
        new JavaRDD<>(
            BigDl.cast(models), BigDl.cast(ClassTag$.MODULE$.apply(DistriOptimizer.Cache.class)));
    AllReduceParameter<Object> parameters = BigDl.cast(vector);
    List<Part> parts =
        executors
            .mapPartitions(it -> List.of(part(it.next(), parameters, replicas)).iterator())
            .collect();
    state.update("isGradientUpdated", true); // the mean has been taken, and is not to be again
    state.update(
        NORM,
        Math.sqrt(
            parts.stream()
                .sorted(Comparator.comparingInt(Part::partition))
                .mapToDouble(Part::sumOfSquares)
                .reduce(0, Double::sum)));
  }

  private static Part part(
      DistriOptimizer.Cache<Object> cache, AllReduceParameter<Object> vector, int replicas) {
    vector.aggregateGradientPartition(replicas);
    FlatOptimizer optimizer = FlatOptimizer.of(cache);
    return new Part(
        TaskContext.getPartitionId(),
        optimizer
            .update(vector.localPartitionRange())
            .sumOfSquares(FlatOptimizer.slice(vector.gradientPartition())));
  }

  @Override
  public <T> void processParameters(
      AllReduceParameter<T> vector,
      DistriOptimizer.Cache<T> replica,
      Table state,
      TensorNumeric<T> numeric) {
    FlatOptimizer optimizer = FlatOptimizer.of(replica);
    optimizer.scaleGradients(scale((Double) state.apply(NORM), limit));
  }

  static double scale(double norm, double limit) {
    return Math.min(1, limit / (norm + EPSILON));
  }
}
