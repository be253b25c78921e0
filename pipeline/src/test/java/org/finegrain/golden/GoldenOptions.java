package org.finegrain.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;
import org.finegrain.attention.AttentionOptions;
import org.finegrain.attention.CbamOptions;
import org.finegrain.attention.EcaOptions;
import org.finegrain.attention.KernelSize;
import org.finegrain.attention.SeOptions;

/** The options of golden cases. A case states only those that differ from the default. */
public final class GoldenOptions {
  /** The files of attention modules, and the kinds of their cases. */
  public static final Set<String> ATTENTION = Set.of("aam", "se", "eca", "cbam");

  private GoldenOptions() {}

  /**
   * Returns the options of a module over so many channels. {@code k = auto} depends on the
   * channels.
   */
  public static AttentionOptions attention(GoldenCase golden, int channels) {
    JsonNode options = golden.json("options");
    return switch (golden.kind()) {
      case "aam" -> aam(options, channels);
      case "se" -> new SeOptions(options.path("r").asInt(SeOptions.DEFAULTS.reduction()));
      case "eca" -> new EcaOptions(k(options, EcaOptions.DEFAULTS.k(), channels));
      case "cbam" ->
          new CbamOptions(
              options.path("r").asInt(CbamOptions.DEFAULTS.reduction()),
              options.path("spatial_kernel").asInt(CbamOptions.DEFAULTS.spatialKernel()));
      default -> throw new IllegalArgumentException("No attention module of " + golden);
    };
  }

  private static AamOptions aam(JsonNode options, int channels) {
    AamOptions defaults = AamOptions.DEFAULTS;
    return new AamOptions(
        k(options, defaults.k(), channels),
        options.path("spatial_kernel").asInt(defaults.spatialKernel()),
        options.path("combine").asText("product").equals("sum") ? Combine.SUM : Combine.PRODUCT,
        options.path("spatial_merge").asText("concat").equals("add") ? Merge.ADD : Merge.CONCAT,
        options.path("bias").asBoolean(defaults.bias()),
        defaults.branches());
  }

  private static int k(JsonNode options, int defaultK, int channels) {
    String k = options.path("k").asText(String.valueOf(defaultK));
    return k.equals("auto") ? KernelSize.adaptive(channels) : Integer.parseInt(k);
  }
}
