package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.finegrain.bigdl.feed.BatchScoring;
import org.finegrain.bigdl.group.Members;
import org.finegrain.bigdl.interop.JobWait;
import org.finegrain.bigdl.network.KeptNetworks;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.ScoredSample;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/** Scores samples: computes their logits with a network, on the executors. */
public final class Inference {
  /** The name in Spark's page and event log of the time of a job's forward passes. */
  private static final String FORWARD = "forward passes, ns";

  private Inference() {}

  /**
   * Computes the logits of each sample, and returns what {@code use} makes of them on the
   * executors. The partitions are divided over the replicas. {@code use} gets the samples of a
   * replica's partitions in their order.
   *
   * @param weights the weights and running estimates of a network of these layers
   * @param loader turns a sample into the input of the network; it is called with epoch 0, and must
   *     not augment
   * @param batchSize the number of samples that a replica computes at once
   * @param patience how long to wait for a lost executor to be replaced
   * @param use computes the results of one replica
   * @throws SampleLoadingException if a sample cannot be loaded
   * @throws TrainingFailedException if the engine or the cluster fails
   */
  public static <S, T> List<T> score(
      TrainingEngine engine,
      LayerGraph layers,
      NamedTensors weights,
      JavaRDD<S> samples,
      SampleLoader<S> loader,
      int batchSize,
      Duration patience,
      FlatMapFunction<Iterator<ScoredSample>, T> use) {
    Members members = engine.group().members();
    Broadcast<NamedTensors> shared = engine.spark().broadcast(weights);
    MissingExecutors missing =
        new MissingExecutors(
            engine.topology().executors(), engine.group()::registered, patience, System::nanoTime);
    try {
      return JobWait.await(
          scored(
                  members,
                  layers,
                  shared,
                  samples,
                  loader,
                  batchSize,
                  engine.spark().sc().longAccumulator(FORWARD))
              .mapPartitions(use)
              .collectAsync(),
          () -> members.loss().or(missing::forTooLong));
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(e);
    } finally {
      shared.destroy();
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return SampleLoadingException.behind(cause)
        .<RuntimeException>map(failure -> failure)
        .orElseGet(() -> TrainingFailedException.whileScoring(cause));
  }

  private static <S> JavaRDD<ScoredSample> scored(
      Members members,
      LayerGraph layers,
      Broadcast<NamedTensors> weights,
      JavaRDD<S> samples,
      SampleLoader<S> loader,
      int batchSize,
      LongAccumulator forward) {
    Topology topology = members.topology();
    LayerGraph toLogits = layers.withOutputs(layers.outputs().subList(0, 1));
    return members
        .spread(samples.coalesce(topology.replicas()))
        .mapPartitions(
            partition -> {
              Engine$.MODULE$.setNodeAndCore(topology.executors(), topology.coresPerExecutor());
              KeptNetworks.Kind kind =
                  new KeptNetworks.Kind(toLogits, batchSize, loader.imageSize());
              AbstractModule<Activity, Activity, Object> network =
                  KeptNetworks.ofThisProcess().take(kind, weights.value());
              BatchScoring<S> scoring =
                  new BatchScoring<>(
                      network, loader, partition, batchSize, topology.coresPerReplica());
              TaskContext.get()
                  .addTaskCompletionListener(
                      (TaskCompletionListener)
                          task -> {
                            scoring.close();
                            forward.add(scoring.forwardNanos());
                            KeptNetworks.ofThisProcess().giveBack(kind, network, scoring.isDone());
                          });
              return scoring;
            });
  }
}
