package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.Node;
import org.finegrain.bigdl.interop.HiddenMember;

/** The orders in which a graph on MKL-DNN visits its layers, read from BigDL's private methods. */
final class ExecutionOrder {
  private ExecutionOrder() {}

  /** Returns the layers in the order of a forward pass. */
  static Node<AbstractModule<Activity, Activity, Object>>[] forward(DnnGraph graph) {
    return HiddenMember.FORWARD_EXECUTION.of(graph);
  }

  /**
   * Returns the layers in the order of a backward pass, and then a node that only ends the walk.
   */
  static Node<AbstractModule<Activity, Activity, Object>>[] backward(DnnGraph graph) {
    return HiddenMember.BACKWARD_EXECUTION.of(graph);
  }
}
