package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Identity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnModule;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.NativeData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.HashMap;
import java.util.Map;
import scala.Tuple2;

/**
 * Passes a feature map on, and its gradient back, in the memory format of the layer before. One
 * stands before and one behind each Java layer, which works on the heap. Without the first, the
 * gradient comes to the layer before in another format than its values, for which MKL-DNN has only
 * slow code; without the second, all readers of the Java layer convert its output, and add their
 * gradients on the heap, in one thread. Together that costs a quarter of a training step of
 * ResNet-50 with AAM.
 */
final class NativeFormat extends Identity {
  private static final String BEFORE = ".before";
  private static final String BEHIND = ".behind";

  private final MklDnnModule model;

  /**
   * @param model whose output has the format
   */
  private NativeFormat(MklDnnModule model) {
    this.model = model;
  }

  /** A name for the identity that is to become the one before {@code layer}. */
  static String before(String layer) {
    return layer + BEFORE;
  }

  /** A name for the identity that is to become the one behind {@code layer}. */
  static String behind(String layer) {
    return layer + BEHIND;
  }

  /** Puts them where the graph has identities of these names. */
  static void install(DnnGraph graph) {
    Map<String, NativeFormat> formats = new HashMap<>();
    for (Node<AbstractModule<Activity, Activity, Object>> node : graph.forwardNodes()) {
      String name = node.element().getName();
      if (name.endsWith(BEFORE)) {
        formats.put(name, after(node, 1));
      } else if (name.endsWith(BEHIND)) {
        formats.put(name, after(node, 3));
      }
    }
    replace(graph.forwardNodes(), formats);
    replace(graph.backwardNodes(), formats);
    for (int i = 0; i < graph.modules().length(); i++) {
      NativeFormat format = formats.get(graph.modules().apply(i).getName());
      if (format != null) {
        graph.modules().update(i, BigDl.cast(format));
      }
    }
  }

  private static NativeFormat after(
      Node<AbstractModule<Activity, Activity, Object>> node, int layers) {
    Node<AbstractModule<Activity, Activity, Object>> model = node;
    for (int i = 0; i < layers; i++) {
      model = model.prevNodes().head();
    }
    NativeFormat format = new NativeFormat((MklDnnModule) model.element());
    format.setName(node.element().getName());
    return format;
  }

  private static void replace(
      Node<AbstractModule<Activity, Activity, Object>>[] nodes, Map<String, NativeFormat> formats) {
    for (Node<AbstractModule<Activity, Activity, Object>> node : nodes) {
      NativeFormat format = formats.get(node.element().getName());
      if (format != null) {
        node.element_$eq(BigDl.cast(format));
      }
    }
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initFwdPrimitives(MemoryData[] inputs, Phase phase) {
    MemoryData[] formats = format(inputs[0]);
    return super.initFwdPrimitives(formats, phase);
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initBwdPrimitives(MemoryData[] grads, Phase phase) {
    return super.initBwdPrimitives(format(grads[0]), phase);
  }

  private MemoryData[] format(MemoryData given) {
    MemoryData output = model.outputFormats()[0];
    return new MemoryData[] {new NativeData(given.shape(), output.layout(), output.dataType())};
  }
}
