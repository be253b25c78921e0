package org.finegrain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a network consists of and costs, for one square image.
 *
 * @param layers in the order in which they run
 */
public record NetworkSummary(List<Row> layers) {

  /**
   * @param kind name of the layer's class: {@code Convolution}
   * @param output shape of what leaves it
   * @param statistics running estimates that it keeps
   */
  public record Row(
      String name,
      String kind,
      FeatureMapShape output,
      long parameters,
      long statistics,
      long multiplyAdds) {}

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

  public long parameters() {
    return layers.stream().mapToLong(Row::parameters).sum();
  }

  public long multiplyAdds() {
    return layers.stream().mapToLong(Row::multiplyAdds).sum();
  }

  /** Running estimates of batch norms. */
  public long statistics() {
    return layers.stream().mapToLong(Row::statistics).sum();
  }

  /** Numbers that leave the layers, all together; the image among them. */
  public long outputs() {
    return layers.stream().mapToLong(row -> row.output().size()).sum();
  }
}
