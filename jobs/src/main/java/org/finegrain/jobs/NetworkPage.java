package org.finegrain.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.model.FeatureMapShape;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.TrainingMemory;

/**
 * Prints a network as a text for readers, or as JSON.
 *
 * @param memory the memory of one replica
 * @param classes the classes of the classifier
 * @param replicas the replicas that share the batch
 */
record NetworkPage(
    ExperimentConfig config,
    NetworkSummary network,
    TrainingMemory memory,
    int classes,
    int replicas) {
  private static final double MEBIBYTE = 1 << 20;
  private static final String COLUMNS = "%-24s %-18s %-14s %12s %15s%n";

  /** Returns the text, which begins with the list of layers if {@code withLayers}. */
  String text(boolean withLayers) {
    StringBuilder page = new StringBuilder();
    if (withLayers) {
      add(page, COLUMNS, "name", "layer", "output", "parameters", "multiply-adds");
      for (NetworkSummary.Row row : network.layers()) {
        add(
            page,
            COLUMNS,
            row.name(),
            row.kind(),
            shape(row.output()),
            number(row.parameters()),
            number(row.multiplyAdds()));
      }
      page.append('\n');
    }
    add(
        page,
        "ResNet-%d of width %d, attention %s, %d classes, image of %d px%n",
        config.model().depth(),
        config.model().width(),
        config.settings().get("model.attention.kind"),
        classes,
        config.augmentation().imageSize());
    add(page, "parameters     %,d%n", network.parameters());
    add(
        page,
        "multiply-adds  %,d (%.3f G) an image%n%n",
        network.multiplyAdds(),
        network.multiplyAdds() / 1e9);
    add(
        page,
        "memory of a replica in MiB, at least; batch of %d over %d %s%n",
        config.train().step().batchSize(),
        replicas,
        replicas == 1 ? "replica" : "replicas");
    line(page, "weights", memory.weights());
    line(page, "gradients", memory.gradients());
    line(page, "optimizer", memory.remembered());
    line(page, "activations", memory.activations());
    line(page, "their gradients", memory.activationGradients());
    line(page, "together", memory.total());
    return page.toString().stripTrailing();
  }

  private static void line(StringBuilder page, String name, long bytes) {
    add(page, "  %-16s %,12.1f%n", name, bytes / MEBIBYTE);
  }

  private static void add(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values));
  }

  private static String shape(FeatureMapShape shape) {
    return shape.channels() + "×" + shape.height() + "×" + shape.width();
  }

  /** Returns the number, but nothing for 0, so that the other numbers stand out. */
  private static String number(long value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns the network as JSON, with every layer. */
  String json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("format", 1);
    json.put("classes", classes);
    json.put("image-size", config.augmentation().imageSize());
    json.put("parameters", network.parameters());
    json.put("multiply-adds", network.multiplyAdds());
    ObjectNode bytes = json.putObject("memory-bytes");
    bytes.put("batch-size", config.train().step().batchSize());
    bytes.put("replicas", replicas);
    bytes.put("weights", memory.weights());
    bytes.put("gradients", memory.gradients());
    bytes.put("optimizer", memory.remembered());
    bytes.put("activations", memory.activations());
    bytes.put("activation-gradients", memory.activationGradients());
    ArrayNode layers = json.putArray("layers");
    for (NetworkSummary.Row row : network.layers()) {
      ObjectNode layer = layers.addObject();
      layer.put("name", row.name());
      layer.put("kind", row.kind());
      FeatureMapShape output = row.output();
      layer.putArray("output").add(output.channels()).add(output.height()).add(output.width());
      layer.put("parameters", row.parameters());
      layer.put("multiply-adds", row.multiplyAdds());
    }
    return json.toPrettyString();
  }
}
