package org.finegrain.bigdl.executor;

import com.intel.analytics.bigdl.dllib.models.utils.ModelBroadcast;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.bigdl.criterion.ReplicaLoss;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.exchange.Parameters;
import org.finegrain.bigdl.feed.BatchSpec;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.StepConfig;
import org.finegrain.engine.LearningRate;
import org.finegrain.engine.OptimizerState;
import org.finegrain.engine.Topology;
import org.finegrain.optimizer.ParameterGroup;

/**
 * All that an executor needs to take part in a training.
 *
 * @param topology the executors and replicas of the training
 * @param network the network, which Spark broadcasts
 * @param loss the loss of the training
 * @param batches the rule by which executors make up batches
 * @param groups the parameter groups of the whole flat vector
 * @param step the training's settings for a step; of its optimizer, {@code groups} hold what
 *     differs from one parameter to another
 * @param learningRate of every step
 * @param remembered what the optimizer remembers at the start; null where a training begins
 * @param soFar the progress of all replicas, in their order; empty at the beginning of an epoch
 */
public record ParticipantSpec<S>(
    Topology topology,
    ModelBroadcast<Object> network,
    TotalLossCriterion loss,
    BatchSpec<S> batches,
    List<ParameterGroup> groups,
    LearningRate learningRate,
    StepConfig step,
    Broadcast<OptimizerState> remembered,
    List<ReplicaProgress> soFar)
    implements Serializable {

  /** Returns the id of the training. */
  public String training() {
    return batches.training();
  }

  /** Returns this executor's replicas, which share their weights. */
  List<Replica> replicas() {
    Engine$.MODULE$.setNodeAndCore(topology.executors(), topology.coresPerExecutor());
    List<Replica> all =
        Stream.generate(this::replica).limit(topology.replicasPerExecutor()).toList();
    if (all.stream().anyMatch(replica -> replica.weights() != all.get(0).weights())) {
      throw new IllegalStateException("Replicas of one executor do not share their weights");
    }
    return all;
  }

  private Replica replica() {
    return new Replica(
        network.value(true, true),
        new ReplicaLoss(
            BigDl.cast(loss.cloneCriterion()), topology.replicas(), batches.plan().batchSize()),
        step.microBatchSize());
  }

  /** Returns the parameters of an executor, on the flat vectors of one of its replicas. */
  Parameters parameters(int executor, Replica replica) {
    return Parameters.open(
        executor,
        topology.executors(),
        step.gradientCompression(),
        replica.weights(),
        replica.gradients());
  }

  /** Returns the optimizer of an executor's slice. */
  SliceOptimizer optimizer(Parameters parameters) {
    float[] slice = parameters.slice();
    int from = parameters.from();
    return remembered == null
        ? SliceOptimizer.begin(groups, step.emaDecay(), slice, from)
        : SliceOptimizer.resume(
            groups, step.emaDecay(), remembered.value(), from, from + slice.length);
  }
}
