package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;

/**
 * The convolutions to which BigDL 2.4 does not convert a network: dilated ones, {@link
 * FilteringConvolution} and {@link WinogradConvolution}. BigDL converts ordinary convolutions of
 * the same shapes in their place, which this class then replaces.
 */
final class NativeConvolutions {
  private NativeConvolutions() {}

  /** Replaces convolutions of the graph by better ones with the same weights. */
  static void install(LayerGraph layers, DnnGraph graph) {
    Map<String, Layer.Convolution> convolutions = new HashMap<>();
    for (LayerGraph.Node node : layers.nodes()) {
      if (node.layer() instanceof Layer.Convolution convolution) {
        convolutions.put(node.name(), convolution);
      }
    }
    Replacement.install(
        graph,
        ordinary ->
            Optional.ofNullable(convolutions.get(ordinary.getName()))
                .flatMap(NativeConvolutions::replacement)
                .map(
                    layer -> {
                      layer.parameters()._1()[0].copy(ordinary.parameters()._1()[0]);
                      return BigDl.cast(layer);
                    }));
  }

  /** Returns the layer that computes a convolution better; empty if the ordinary one does. */
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
