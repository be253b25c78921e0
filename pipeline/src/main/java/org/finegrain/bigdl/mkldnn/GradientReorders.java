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
 * Where several layers read one output, their gradients are added. BigDL 2.4 brings only the first
 * of them into the memory format that the addition assumes: others, of another format, would be
 * added element by element in the wrong order, or refused. This has the graph convert them all.
 */
final class GradientReorders {
  private final ReorderManager reorders;

  private GradientReorders(ReorderManager reorders) {
    this.reorders = reorders;
  }

  /** After the graph has chosen its formats, that is after the first forward pass. */
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

  /** Of the gradient that {@code reader} sends along {@code edge}. */
  private static MemoryData format(
      Node<AbstractModule<Activity, Activity, Object>> reader, Edge edge) {
    MemoryData[] formats = ((MklDnnModule) reader.element()).gradInputFormats();
    return formats.length == 1 ? formats[0] : formats[reader.nextEdges().indexOf(edge)];
  }
}
