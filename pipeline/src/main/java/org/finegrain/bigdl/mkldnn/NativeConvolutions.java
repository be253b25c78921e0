package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.layer.BiaslessConvolution;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;

/**
 * Convolutions of MKL-DNN that BigDL 2.4 does not convert a network to: dilated ones, which it
 * knows as layers, and {@link WinogradConvolution}. Ordinary ones, whose maps have the same size,
 * are converted in their place, and then replaced.
 */
final class NativeConvolutions {
  private NativeConvolutions() {}

  /** Replaces those of {@code layers} that are to be others; weights are taken over. */
  static void install(LayerGraph layers, DnnGraph graph) {
    Map<String, Layer.Convolution> wanted = new HashMap<>();
    for (LayerGraph.Node node : layers.nodes()) {
      if (node.layer() instanceof Layer.Convolution convolution) {
        wanted.put(node.name(), convolution);
      }
    }
    Replacement.install(
        graph,
        ordinary ->
            Optional.ofNullable(wanted.get(ordinary.getName()))
                .flatMap(NativeConvolutions::replacement)
                .map(
                    layer -> {
                      layer.parameters()._1()[0].copy(ordinary.parameters()._1()[0]);
                      return BigDl.cast(layer);
                    }));
  }

  private static Optional<SpatialConvolution> replacement(Layer.Convolution convolution) {
    if (convolution.dilation() > 1) {
      return Optional.of(new BiaslessConvolution(convolution));
    }
    if (FilteringConvolution.computes(convolution)) {
      return Optional.of(new FilteringConvolution(convolution));
    }
    return WinogradConvolution.computes(convolution)
        ? Optional.of(new WinogradConvolution(convolution))
        : Optional.empty();
  }
}
