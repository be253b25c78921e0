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
 * The backward pass of a graph on MKL-DNN in one walk. BigDL 2.4 walks twice, first for the
 * gradients of inputs, then for those of parameters, and adds up the gradients of outputs with
 * several readers in both: wasted time, and doubled gradients in the second.
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

  /** After the graph has chosen its formats, that is after the first forward pass. */
  static BackwardWalk of(DnnGraph graph) {
    GradientReorders.register(graph);
    // Conversions are shared between the two walks by counting their uses, which one walk upsets.
    setAll(JavaConverters.mutableMapAsJavaMap(graph.reorderManager().refCounts()), 1);
    setAll(JavaConverters.mutableMapAsJavaMap(graph.reorderManager().useCounts()), 0);
    return new BackwardWalk(graph);
  }

  private static void setAll(Map<Object, Object> counts, int count) {
    List.copyOf(counts.keySet()).forEach(id -> counts.put(id, count));
  }

  /** Returns the gradient of the graph's input, empty where it is not wanted. */
  Activity run(Activity gradOutput) {
    graph.dummyOutputGrad().element().gradInput_$eq(gradOutput);
    for (int i = 0; i < nodes.length - 1; i++) { // the last only ends the walk
      Node<AbstractModule<Activity, Activity, Object>> node = nodes[i];
      AbstractModule<Activity, Activity, Object> module = node.element();
      Activity input = inputs[inputOfNode[i]];
      Activity gradient = gradient(node, gradOutput, false);
      if (!graph.isStopGradient(module)) {
        giveHeapShape(module, module.updateGradInput(input, gradient));
      }
      if (node.prevNodes().length() == 1) { // others have no parameters
        module.accGradParameters(input, gradient(node, gradOutput, true));
      }
    }
    graph.gradInput_$eq(graph.fetchModelGradInput());
    return graph.gradInput();
  }

  /**
   * @param forParameters in the format that the gradients of parameters need
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
