package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Size, sum, sum of absolute values and Euclidean norm of a tensor that is too large to write. */
record GoldenSummary(int size, double sum, double absSum, double l2) {
  static Map<String, GoldenSummary> all(JsonNode json) {
    Map<String, GoldenSummary> summaries = new LinkedHashMap<>();
    json.fields().forEachRemaining(it -> summaries.put(it.getKey(), of(it.getValue())));
    return summaries;
  }

  private static GoldenSummary of(JsonNode json) {
    return new GoldenSummary(
        json.required("size").asInt(),
        json.required("sum").asDouble(),
        json.required("abs_sum").asDouble(),
        json.required("l2").asDouble());
  }

  static double largestNorm(Map<String, GoldenSummary> summaries) {
    return summaries.values().stream().mapToDouble(GoldenSummary::l2).max().orElse(0);
  }

  /**
   * @param norm against which a small tensor's deviation is measured
   * @param resolution of a float beside what the tensor was the difference of
   */
  void check(String label, float[] actual, double relative, double norm, double resolution) {
    double actualSum = 0;
    double squares = 0;
    for (float value : actual) {
      actualSum += value;
      squares += (double) value * value;
    }
    assertThat(actual.length).as("%s: size", label).isEqualTo(size);
    double floor = Math.max(l2, norm);
    assertThat(Math.sqrt(squares))
        .as("%s: l2", label)
        .isCloseTo(l2, within(relative * floor + resolution));
    double sumFloor = Math.max(absSum, floor * Math.sqrt(size));
    assertThat(actualSum)
        .as("%s: sum", label)
        .isCloseTo(sum, within(relative * sumFloor + resolution * Math.sqrt(size)));
  }
}
