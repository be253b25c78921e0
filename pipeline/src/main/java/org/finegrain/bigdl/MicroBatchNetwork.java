package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.Graph;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRGraph;
import com.intel.analytics.bigdl.mkl.Memory;
import java.util.List;
import scala.Option;

/**
 * A network in training that sees a replica's part of a batch as several {@link MicroBatch}es.
 * DistriOptimizer asks once for outputs, for the loss and for gradients. No such order suits
 * several passes, each of which needs the loss of its own outputs: so here the forward pass only
 * hands on what {@link ShareOfBatch} then does, all passes forward and backward, and the backward
 * pass finds it done.
 *
 * <p>It is an {@link IRGraph} under either engine, as BigDL would convert anything else.
 */
final class MicroBatchNetwork extends IRGraph<Object> {
  private final AbstractModule<Activity, Activity, Object> network;
  private final int most;

  private MicroBatchNetwork(AbstractModule<Activity, Activity, Object> network, int most) {
    super(
        SlimIrGraph.placeholders(1),
        SlimIrGraph.placeholders(1),
        Option.empty(),
        true,
        BigDl.seq(List.of(Memory.Format.nchw)),
        BigDl.seq(List.of(Memory.Format.nc)),
        BigDl.FLOAT,
        BigDl.NUMERIC);
    this.network = network;
    this.most = most;
    Graph<Object> graph;
    if (network instanceof SlimIrGraph slim) {
      slim.callOnEngine();
      graph = slim.graph();
    } else {
      graph = BigDl.cast(network);
    }
    graph_$eq(graph);
    setName(network.getName());
  }

  /**
   * @param most samples that {@code network} is to see at once; 0: all, and it stays as it is
   */
  static AbstractModule<Activity, Activity, Object> of(
      AbstractModule<Activity, Activity, Object> network, int most) {
    return most == 0 ? network : new MicroBatchNetwork(network, most);
  }

  @Override
  public Activity updateOutput(Activity images) {
    output_$eq(new MicroBatchPasses(network, BigDl.cast(images), most));
    return output();
  }

  @Override
  public Activity updateGradInput(Activity images, Activity ignored) {
    return gradInput();
  }

  @Override
  public void accGradParameters(Activity images, Activity ignored) {}

  @Override
  public IRGraph<Object> training() {
    network.training();
    return this;
  }

  @Override
  public Tensor<Object>[] getExtraParameter() {
    return network.getExtraParameter();
  }

  @Override
  public AbstractModule<Activity, Activity, Object> setExtraParameter(Tensor<Object>[] values) {
    network.setExtraParameter(values);
    return this;
  }
}
