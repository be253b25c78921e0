package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.BlasWrapper;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.List;
import java.util.Map;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.HiddenMember;
import scala.collection.JavaConverters;

/**
 * The backward pass of a graph on MKL-DNN in one walk over its layers. BigDL 2.4 walks twice, first
 * for the gradients of inputs and then for those of parameters. In both walks it sums the gradients
 * of outputs that several layers read, which takes time and doubles the gradients in the second
 * walk.
 */
final class BackwardWalk {
  private final DnnGraph graph;
  private final Node<AbstractModule<Activity, Activity, Object>>[] nodes;
  private final Activity[] inputs;
  private final int[] inputOfNode;

  private BackwardWalk(DnnGraph graph) {
    this.graph = graph;
    nodes = ExecutionOrder.backward(graph);
    inputs = HiddenMember.INPUT_CACHE.of(graph);
    inputOfNode = HiddenMember.BACK_ID_TO_FORWARD_ID.of(graph);
  }

  /** Prepares the walk. The graph must have chosen its formats. */
  static BackwardWalk of(DnnGraph graph) {
    GradientReorders.register(graph);
    // BigDL counts the uses of each conversion over its two walks; here each has one use.
    setAll(JavaConverters.mutableMapAsJavaMap(graph.reorderManager().refCounts()), 1);
    setAll(JavaConverters.mutableMapAsJavaMap(graph.reorderManager().useCounts()), 0);
    return new BackwardWalk(graph);
  }

  private static void setAll(Map<Object, Object> counts, int count) {
    List.copyOf(counts.keySet()).forEach(id -> counts.put(id, count));
  }

  /** Does the backward pass and returns the gradient of the graph's input; empty if not wanted. */
  Activity run(Activity gradOutput) {
    graph.dummyOutputGrad().element().gradInput_$eq(gradOutput);
    for (int i = 0; i < nodes.length - 1; i++) { // the last node only ends the walk
      Node<AbstractModule<Activity, Activity, Object>> node = nodes[i];
      AbstractModule<Activity, Activity, Object> module = node.element();
      Activity input = inputs[inputOfNode[i]];
      Activity gradient = gradient(node, gradOutput, false);
      if (!graph.isStopGradient(module)) {
        giveHeapShape(module, module.updateGradInput(input, gradient));
      }
      if (node.prevNodes().length() == 1) { // layers with several inputs have no parameters
        module.accGradParameters(input, gradient(node, gradOutput, true));
      }
    }
    graph.gradInput_$eq(graph.fetchModelGradInput());
    return graph.gradInput();
  }

  /**
   * Returns the gradient of a layer's output.
   *
   * @param forParameters whether to return it in the format for the gradients of parameters
   */
  private Activity gradient(
      Node<AbstractModule<Activity, Activity, Object>> node,
      Activity gradOutput,
      boolean forParameters) {
    return HiddenMember.FIND_GRADIENT.of(graph, node, gradOutput, forParameters);
  }

  private static void giveHeapShape(
      AbstractModule<Activity, Activity, Object> module, Activity gradInput) {
    if (gradInput instanceof Tensor<?> tensor && !BlasWrapper.class.isInstance(module)) {
      MklDnnModule formats = BigDl.cast(module);
      tensor.resize(formats.gradInputFormats()[0].getHeapShape(), null);
    }
  }
}
