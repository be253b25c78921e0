package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.lang.reflect.Method;
import org.finegrain.bigdl.interop.BigDl;

/** The orders in which a graph on MKL-DNN visits its layers, which BigDL keeps to itself. */
final class ExecutionOrder {
  private ExecutionOrder() {}

  static Node<AbstractModule<Activity, Activity, Object>>[] forward(DnnGraph graph) {
    return read(graph, "forwardExecution");
  }

  /** The last node only ends the walk. */
  static Node<AbstractModule<Activity, Activity, Object>>[] backward(DnnGraph graph) {
    return read(graph, "backwardExecution");
  }

  private static Node<AbstractModule<Activity, Activity, Object>>[] read(
      DnnGraph graph, String name) {
    try {
      Method method = DnnGraph.class.getDeclaredMethod(name);
      method.setAccessible(true);
      return BigDl.cast(method.invoke(graph));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("BigDL 2.4 has other classes than expected", e);
    }
  }
}
