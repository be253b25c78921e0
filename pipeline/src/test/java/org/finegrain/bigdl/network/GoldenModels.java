package org.finegrain.bigdl.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;

/** Reads the configuration and the weights of a network from a golden case. */
final class GoldenModels {
  private GoldenModels() {}

  static ModelConfig network(GoldenCase golden) {
    return new ModelConfig(
        golden.integer("depth"),
        golden.integer("width"),
        attention(
            golden.text("attention"), golden.text("placement"), golden.json("attention_options")));
  }

  static AttentionConfig attention(String kind, String placement, JsonNode options) {
    String k = options.path("k").asText("5");
    return new AttentionConfig(
        AttentionConfig.Kind.valueOf(upper(kind)),
        AttentionConfig.Placement.valueOf(upper(placement)),
        k.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(k)),
        AttentionConfig.Combine.valueOf(upper(options.path("combine").asText("product"))),
        AttentionConfig.SpatialMerge.valueOf(upper(options.path("spatial_merge").asText("concat"))),
        options.path("spatial_kernel").asInt(7),
        options.path("bias").asBoolean(false),
        AttentionConfig.Branches.BOTH,
        options.path("r").asInt(16));
  }

  /** Returns the loss; a case that does not train has none, and gets the default. */
  static LossConfig loss(GoldenCase golden, String... path) {
    if (path.length > 0 && !golden.has(path)) {
      return LossConfig.DEFAULTS;
    }
    JsonNode loss = golden.json(path);
    return new LossConfig(
        LossConfig.Kind.CE_CC,
        loss.required("mu").asDouble(),
        loss.has("eta") ? OptionalInt.of(loss.path("eta").asInt()) : OptionalInt.empty(),
        loss.required("lambda").asDouble());
  }

  /** Returns the initial weights, and running estimates of mean 0 and variance 1. */
  static NamedTensors weights(LayerGraph layers, GoldenCase golden) {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    if (golden.has("weights", "file")) {
      JsonNode file = GoldenFile.json(golden.text("weights", "file"));
      file.fields()
          .forEachRemaining(field -> weights.put(field.getKey(), tensor(field.getValue())));
    } else {
      golden
          .json("weights", "fill")
          .forEach(weight -> weights.put(weight.required("name").asText(), tensor(weight)));
    }
    for (Parameter statistic : layers.statistics()) {
      float[] values = new float[statistic.size()];
      Arrays.fill(values, statistic.name().endsWith("running_var") ? 1 : 0);
      weights.put(statistic.name(), new FloatTensor(values, statistic.dimensions()));
    }
    return NamedTensors.of(weights);
  }

  private static FloatTensor tensor(JsonNode json) {
    GoldenTensor tensor = GoldenTensor.of(json);
    return new FloatTensor(tensor.floats(), tensor.shape());
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
