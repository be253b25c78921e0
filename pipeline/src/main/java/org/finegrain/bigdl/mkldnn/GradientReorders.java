package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnModule;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReorderManager;
import com.intel.analytics.bigdl.dllib.utils.Edge;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.List;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * The format conversions of gradients that are summed because several layers read one output. BigDL
 * 2.4 converts only the first of them to the format of the sum, and would add the others element by
 * element in the wrong order, or refuse them. This class makes the graph convert them all.
 */
final class GradientReorders {
  private final ReorderManager reorders;

  private GradientReorders(ReorderManager reorders) {
    this.reorders = reorders;
  }

  /** Registers the missing conversions. The graph must have chosen its formats. */
  static void register(DnnGraph graph) {
    GradientReorders reorders = new GradientReorders(graph.reorderManager());
    for (Node<AbstractModule<Activity, Activity, Object>> node : graph.backwardNodes()) {
      reorders.register(node);
    }
  }

  private void register(Node<AbstractModule<Activity, Activity, Object>> node) {
    MklDnnModule module = (MklDnnModule) node.element();
    List<Tuple2<Node<AbstractModule<Activity, Activity, Object>>, Edge>> readers =
        JavaConverters.seqAsJavaList(node.prevNodesAndEdges());
    for (int i = 1; i < readers.size(); i++) {
      MemoryData from = format(readers.get(i)._1(), readers.get(i)._2());
      register(from, module.gradOutputFormats());
      register(from, module.gradOutputWeightFormats());
    }
  }

  private void register(MemoryData from, MemoryData[] to) {
    if (to != null) {
      reorders.register(from, to[0]);
    }
  }

  /** Returns the format of the gradient that {@code reader} sends along {@code edge}. */
  private static MemoryData format(
      Node<AbstractModule<Activity, Activity, Object>> reader, Edge edge) {
    MemoryData[] formats = ((MklDnnModule) reader.element()).gradInputFormats();
    return formats.length == 1 ? formats[0] : formats[reader.nextEdges().indexOf(edge)];
  }
}
