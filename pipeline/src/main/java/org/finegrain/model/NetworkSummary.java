package org.finegrain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A summary of a network: its layers, and what they cost for one square image.
 *
 * @param layers the layers in the order in which they run
 */
public record NetworkSummary(List<Row> layers) {

  /**
   * The summary of one layer.
   *
   * @param name torchvision's name of the module
   * @param kind the name of the layer's class, such as {@code Convolution}
   * @param output the shape of its output
   * @param parameters the number of its learnable parameters
   * @param statistics the number of its running estimates
   * @param multiplyAdds the number of its multiply-adds for one image
   */
  public record Row(
      String name,
      String kind,
      FeatureMapShape output,
      long parameters,
      long statistics,
      long multiplyAdds) {}

  /**
   * Returns the summary of a network.
   *
   * @param imageSize the side of the image in pixels
   */
  public static NetworkSummary of(LayerGraph graph, int imageSize) {
    Map<String, FeatureMapShape> shapes = graph.shapes(imageSize);
    Map<String, Long> multiplyAdds = graph.multiplyAdds(imageSize);
    List<Row> rows = new ArrayList<>();
    for (LayerGraph.Node node : graph.nodes()) {
      rows.add(
          new Row(
              node.name(),
              node.layer().getClass().getSimpleName(),
              shapes.get(node.name()),
              size(node.layer().parameters()),
              size(node.layer().statistics()),
              Optional.ofNullable(multiplyAdds.get(node.name())).orElse(0L)));
    }
    return new NetworkSummary(List.copyOf(rows));
  }

  private static long size(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** Returns the number of parameters of all layers. */
  public long parameters() {
    return layers.stream().mapToLong(Row::parameters).sum();
  }

  /** Returns the number of multiply-adds for one image. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(Row::multiplyAdds).sum();
  }

  /** Returns the number of running estimates of batch norms. */
  public long statistics() {
    return layers.stream().mapToLong(Row::statistics).sum();
  }

  /** Returns the number of elements of all layers' outputs, the image among them. */
  public long outputs() {
    return layers.stream().mapToLong(row -> row.output().size()).sum();
  }
}
