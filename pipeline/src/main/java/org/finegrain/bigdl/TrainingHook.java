package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.Metrics;
import com.intel.analytics.bigdl.dllib.optim.SGD;
import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.ParameterProcessor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Arrays;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.reflect.ClassTag$;

/**
 * The place where DistriOptimizer lets others reach what it keeps on executors. On the driver it
 * catches the handles by which a snapshot is taken; on executors it gives a resumed training its
 * momentum back before the first update, and lets no lost replica take part in one.
 */
final class TrainingHook implements ParameterProcessor {
  private final String training;
  private final long firstStep;
  private final Broadcast<float[]> momentum;
  private transient JavaRDD<DistriOptimizer.Cache<Object>> replicas;
  private transient AllReduceParameter<Object> parameters;

  /**
   * @param firstStep that this training does
   * @param momentum in the flat vector's order; null where a training starts without
   */
  TrainingHook(String training, long firstStep, Broadcast<float[]> momentum) {
    this.training = training;
    this.firstStep = firstStep;
    this.momentum = momentum;
  }

  String training() {
    return training;
  }

  /** What each executor trains; known after the first step's gradients. */
  JavaRDD<DistriOptimizer.Cache<Object>> replicas() {
    return replicas;
  }

  AllReduceParameter<Object> parameters() {
    return parameters;
  }

  /** Lets go of what the optimizer keeps on executors where it failed and did not do so itself. */
  void abandon() {
    if (replicas != null) {
      replicas.unpersist(false);
    }
  }

  void close() {
    if (momentum != null) {
      momentum.destroy();
    }
  }

  @Override
  public <T> void collectGlobalData(
      RDD<DistriOptimizer.Cache<T>> models,
      AllReduceParameter<T> vector,
      Metrics metrics,
      Table state,
      TensorNumeric<T> numeric) {
    if (replicas == null) {
      RDD<DistriOptimizer.Cache<Object>> ours = BigDl.cast(models);
      replicas = new JavaRDD<>(ours, BigDl.cast(ClassTag$.MODULE$.apply(Object.class)));
      parameters = BigDl.cast(vector);
    }
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
      SGD<Object> sgd = BigDl.cast(replica.optimMethods().values().head());
      if (Sgd.buffer(sgd) == null) {
        Tuple2<Object, Object> range = vector.localPartitionRange();
        int from = (Integer) range._1() - 1;
        int length = (Integer) range._2();
        Sgd.setBuffer(
            sgd, BigDl.tensor(Arrays.copyOfRange(momentum.value(), from, from + length), length));
      }
    }
  }
}
