package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.OptimMethod;
import com.intel.analytics.bigdl.dllib.optim.SGD;
import org.finegrain.config.OptimizerConfig;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map.Map1;
import scala.collection.immutable.Map.Map2;

/**
 * How the parts of the flat vector are updated: what the network learns by the optimizer that is
 * configured, and the centers behind it, if there are any, by the rule of center loss,
 *
 * <pre>
 *   c ← c − α·M · dc
 * </pre>
 *
 * where dc is the mean over the M samples of the batch. That is a step of gradient descent at the
 * constant rate α·M, without momentum and weight decay.
 *
 * @param extents where in the flat vector each of {@code methods} works: (from 1, length)
 */
record Optimizers(
    Map<String, OptimMethod<Object>> methods, Map<String, Tuple2<Object, Object>> extents) {
  private static final String NETWORK = "network";
  private static final String CENTERS = "centers";

  /**
   * @param centerRate α·M
   */
  static Optimizers of(SGD<Object> network, ParameterLayout layout, double centerRate) {
    int learned = layout.withoutCenters().size();
    int centers = layout.size() - learned;
    Tuple2<Object, Object> extent = new Tuple2<>(1, learned);
    if (centers == 0) {
      return new Optimizers(new Map1<>(NETWORK, network), new Map1<>(NETWORK, extent));
    }
    return new Optimizers(
        new Map2<>(NETWORK, network, CENTERS, centers(centerRate)),
        new Map2<>(NETWORK, extent, CENTERS, new Tuple2<>(learned + 1, centers)));
  }

  static SGD<Object> centers(double rate) {
    return Sgd.of(new OptimizerConfig(rate, 0, 0), step -> rate);
  }

  /** Of what the network learns. */
  static SGD<Object> ofNetwork(DistriOptimizer.Cache<?> replica) {
    return BigDl.cast(replica.optimMethods().apply(NETWORK));
  }
}
