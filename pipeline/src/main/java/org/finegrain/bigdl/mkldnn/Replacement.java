package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Replaces layers of a graph that BigDL has converted by layers of ours. */
final class Replacement {
  private Replacement() {}

  /**
   * Replaces layers. The graph must not have native memory yet.
   *
   * @param replacement returns the layer that replaces a layer; empty to keep it
   */
  static void install(
      DnnGraph graph,
      Function<
              AbstractModule<Activity, Activity, Object>,
              Optional<AbstractModule<Activity, Activity, Object>>>
          replacement) {
    Map<String, AbstractModule<Activity, Activity, Object>> replaced = new HashMap<>();
    for (Node<AbstractModule<Activity, Activity, Object>> node : graph.forwardNodes()) {
      String name = node.element().getName();
      replacement
          .apply(node.element())
          .ifPresent(
              layer -> {
                layer.setName(name);
                replaced.put(name, layer);
              });
    }
    replace(graph.forwardNodes(), replaced);
    replace(graph.backwardNodes(), replaced);
    for (int i = 0; i < graph.modules().length(); i++) {
      AbstractModule<Activity, Activity, Object> layer =
          replaced.get(graph.modules().apply(i).getName());
      if (layer != null) {
        graph.modules().update(i, layer);
      }
    }
  }

  private static void replace(
      Node<AbstractModule<Activity, Activity, Object>>[] nodes,
      Map<String, AbstractModule<Activity, Activity, Object>> layers) {
    for (Node<AbstractModule<Activity, Activity, Object>> node : nodes) {
      AbstractModule<Activity, Activity, Object> layer = layers.get(node.element().getName());
      if (layer != null) {
        node.element_$eq(layer);
      }
    }
  }
}
