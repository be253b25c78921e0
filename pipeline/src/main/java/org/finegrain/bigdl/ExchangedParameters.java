package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.parameters.AllReduceParameter;
import com.intel.analytics.bigdl.dllib.optim.parameters.FutureResult;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManagerId;
import org.finegrain.config.GradientCompression;
import scala.Tuple3;

/**
 * The weights and gradients of a training on several executors: each updates a slice of the flat
 * vector, receives the others' gradients of it and sends them its new weights. BigDL's own class
 * takes several times as long: it turns numbers into bytes one by one, and asks the driver where
 * each piece lies. Weights always travel whole, since every executor's gradients should be those of
 * the weights that are trained.
 */
final class ExchangedParameters extends AllReduceParameter<Object> {
  private record Key(String training, int partition) {}

  private static final Map<Key, Slice> SLICES = new ConcurrentHashMap<>();

  /**
   * An executor's part.
   *
   * @param gradients summed over executors
   * @param computed gradients of the slice, by the executor that computed them, this one included
   * @param newWeights for the others
   * @param gradientsFor the others, of their slices
   */
  private record Slice(
      float[] weights,
      float[] gradients,
      float[][] computed,
      Mailbox newWeights,
      Map<Integer, Mailbox> gradientsFor) {
    void close() {
      newWeights.empty();
      gradientsFor.values().forEach(Mailbox::empty);
    }
  }

  private final String training;
  private final int executors;
  private final NumberFormat ofGradients;
  private BlockManagerId[] homes;

  ExchangedParameters(String training, int executors, int size, GradientCompression compression) {
    super(0, executors, size, 1, "none", BigDl.FLOAT, BigDl.NUMERIC);
    this.training = training;
    this.executors = executors;
    this.ofGradients =
        switch (compression) {
          case NONE -> NumberFormat.FLOAT32;
          case FP16 -> NumberFormat.BFLOAT16;
        };
  }

  /**
   * Before the first step.
   *
   * @param byPartition where each slice lies
   */
  void liveAt(List<BlockManagerId> byPartition) {
    homes = byPartition.toArray(BlockManagerId[]::new);
  }

  static void forget(String training) {
    SLICES
        .entrySet()
        .removeIf(
            entry -> {
              boolean mine = entry.getKey().training().equals(training);
              if (mine) {
                entry.getValue().close();
              }
              return mine;
            });
  }

  private int offset(int partition) {
    return partition * (size() / executors) + Math.min(partition, size() % executors);
  }

  private int length(int partition) {
    return size() / executors + (partition < size() % executors ? 1 : 0);
  }

  private Slice slice() {
    Slice slice = SLICES.get(new Key(training, TaskContext.getPartitionId()));
    if (slice == null) {
      throw new IllegalStateException("This executor has no part of the weights: it was replaced");
    }
    return slice;
  }

  @Override
  public Tuple3<Object, Object, Object> init(
      Tensor<Object> weights, TensorNumeric<Object> numeric) {
    int partition = TaskContext.getPartitionId();
    float[] own = new float[length(partition)];
    System.arraycopy(
        BigDl.array(weights), BigDl.offset(weights) + offset(partition), own, 0, own.length);
    Map<Integer, Mailbox> gradientsFor = new HashMap<>();
    for (int to = 0; to < executors; to++) {
      if (to != partition) {
        gradientsFor.put(to, new Mailbox(gradientsName(partition, to), length(to), ofGradients));
      }
    }
    Slice slice =
        new Slice(
            own,
            new float[own.length],
            new float[executors][own.length],
            new Mailbox(weightsName(partition), own.length, NumberFormat.FLOAT32),
            gradientsFor);
    SLICES.put(new Key(training, partition), slice);
    slice.newWeights().put(own, 0);
    return new Tuple3<>(partition, offset(partition), own.length);
  }

  private String weightsName(int of) {
    return "%s/weights-%d".formatted(training, of);
  }

  private String gradientsName(int from, int to) {
    return "%s/gradients-%d-%d".formatted(training, from, to);
  }

  @Override
  public Tensor<Object> weightPartition() {
    float[] weights = slice().weights();
    return BigDl.tensor(weights, weights.length);
  }

  @Override
  public Tensor<Object> gradientPartition() {
    float[] gradients = slice().gradients();
    return BigDl.tensor(gradients, gradients.length);
  }

  @Override
  public FutureResult<Object> getWeights(Tensor<Object> weights) {
    int partition = TaskContext.getPartitionId();
    float[] all = BigDl.array(weights);
    int start = BigDl.offset(weights);
    List<Future<Object>> arriving = new ArrayList<>();
    for (int from = 0; from < executors; from++) {
      if (from != partition) {
        arriving.add(
            BigDl.cast(
                Mailbox.fetch(
                    homes[from],
                    weightsName(from),
                    NumberFormat.FLOAT32,
                    all,
                    start + offset(from),
                    length(from))));
      }
    }
    float[] own = slice().weights();
    System.arraycopy(own, 0, all, start + offset(partition), own.length);
    return new FutureResult<>(BigDl.seq(arriving));
  }

  @Override
  public void putGradients(Tensor<Object> gradients) {
    int partition = TaskContext.getPartitionId();
    float[] all = BigDl.array(gradients);
    int start = BigDl.offset(gradients);
    Slice slice = slice();
    float[] own = slice.computed()[partition];
    System.arraycopy(all, start + offset(partition), own, 0, own.length);
    slice.gradientsFor().forEach((to, mailbox) -> mailbox.put(all, start + offset(to)));
  }

  /** Sums in the order of the partitions, whatever arrives first: the same bits again. */
  @Override
  public void aggregateGradientPartition(int replicas) {
    int partition = TaskContext.getPartitionId();
    Slice slice = slice();
    float[] sum = slice.gradients();
    List<Future<?>> arriving = new ArrayList<>();
    for (int from = 0; from < executors; from++) {
      if (from != partition) {
        arriving.add(
            Mailbox.fetch(
                homes[from],
                gradientsName(from, partition),
                ofGradients,
                slice.computed()[from],
                0,
                sum.length));
      }
    }
    arriving.forEach(ExchangedParameters::await);
    System.arraycopy(slice.computed()[0], 0, sum, 0, sum.length);
    for (int from = 1; from < executors; from++) {
      add(slice.computed()[from], sum);
    }
    float share = 1f / replicas;
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= share;
    }
  }

  private static void add(float[] values, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static void await(Future<?> arriving) {
    try {
      arriving.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Gradients did not arrive: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while gradients were arriving", e);
    }
  }

  @Override
  public void sendWeightPartition() {
    Slice slice = slice();
    slice.newWeights().put(slice.weights(), 0);
  }
}
