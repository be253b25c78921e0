package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/** Asks a network for its opinion of samples, on executors. */
public final class Inference {
  private Inference() {}

  /**
   * The logits of each sample; within a partition in the order of {@code samples}. Each replica of
   * the network reads its share of the partitions.
   *
   * @param weights with running estimates, of a network of the same layers
   * @param loader for evaluation: it gets epoch 0, and should not augment
   * @throws SampleLoadingException from the job that reads the result, if a sample cannot be loaded
   */
  public static <S> JavaRDD<ScoredSample> score(
      TrainingEngine engine,
      LayerGraph layers,
      NamedTensors weights,
      JavaRDD<S> samples,
      SampleLoader<S> loader,
      int batchSize) {
    LayerGraph toLogits = layers.withOutputs(layers.outputs().subList(0, 1));
    Broadcast<NamedTensors> shared = engine.spark().broadcast(weights);
    Topology topology = engine.topology();
    int executors = topology.executors();
    int cores = topology.coresPerExecutor();
    return samples
        .coalesce(topology.replicas())
        .mapPartitions(
            share -> {
              Engine$.MODULE$.setNodeAndCore(executors, cores);
              AbstractModule<Activity, Activity, Object> network =
                  NetworkBuilder.build(toLogits, shared.value());
              network.evaluate();
              BatchScoring<S> scoring = new BatchScoring<>(network, loader, share, batchSize);
              TaskContext.get()
                  .addTaskCompletionListener((TaskCompletionListener) task -> scoring.close());
              return scoring;
            });
  }
}
