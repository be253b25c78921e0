package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.Map;

/** Puts other layers in the places of those that BigDL has converted a network to. */
final class LayerReplacement {
  private LayerReplacement() {}

  /** Before the graph takes native memory. */
  static void replace(
      DnnGraph graph, Map<String, AbstractModule<Activity, Activity, Object>> byName) {
    replace(graph.forwardNodes(), byName);
    replace(graph.backwardNodes(), byName);
    for (int i = 0; i < graph.modules().length(); i++) {
      AbstractModule<Activity, Activity, Object> layer =
          byName.get(graph.modules().apply(i).getName());
      if (layer != null) {
        graph.modules().update(i, layer);
      }
    }
  }

  private static void replace(
      Node<AbstractModule<Activity, Activity, Object>>[] nodes,
      Map<String, AbstractModule<Activity, Activity, Object>> byName) {
    for (Node<AbstractModule<Activity, Activity, Object>> node : nodes) {
      AbstractModule<Activity, Activity, Object> layer = byName.get(node.element().getName());
      if (layer != null) {
        node.element_$eq(layer);
      }
    }
  }
}
