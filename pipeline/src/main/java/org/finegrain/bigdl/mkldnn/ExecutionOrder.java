package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.Node;
import org.finegrain.bigdl.interop.HiddenMember;

/** The orders in which a graph on MKL-DNN visits its layers, which BigDL keeps to itself. */
final class ExecutionOrder {
  private ExecutionOrder() {}

  static Node<AbstractModule<Activity, Activity, Object>>[] forward(DnnGraph graph) {
    return HiddenMember.FORWARD_EXECUTION.of(graph);
  }

  /** Returns the order of a backward pass. The last node only ends the walk. */
  static Node<AbstractModule<Activity, Activity, Object>>[] backward(DnnGraph graph) {
    return HiddenMember.BACKWARD_EXECUTION.of(graph);
  }
}
