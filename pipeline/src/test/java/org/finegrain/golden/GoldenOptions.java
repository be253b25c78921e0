package org.finegrain.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AamOptions.Combine;
import org.finegrain.attention.AamOptions.Merge;
import org.finegrain.attention.KernelSize;

/** Options of golden cases, which state only what differs from the default. */
public final class GoldenOptions {
  private GoldenOptions() {}

  /** The options of an AAM over {@code channels} channels, which {@code k = auto} needs. */
  public static AamOptions aam(JsonNode options, int channels) {
    AamOptions defaults = AamOptions.DEFAULTS;
    String k = options.path("k").asText(String.valueOf(defaults.k()));
    return new AamOptions(
        k.equals("auto") ? KernelSize.adaptive(channels) : Integer.parseInt(k),
        options.path("spatial_kernel").asInt(defaults.spatialKernel()),
        options.path("combine").asText("product").equals("sum") ? Combine.SUM : Combine.PRODUCT,
        options.path("spatial_merge").asText("concat").equals("add") ? Merge.ADD : Merge.CONCAT,
        options.path("bias").asBoolean(defaults.bias()),
        defaults.branches());
  }
}
