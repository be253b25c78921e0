package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The summary of a tensor that is too large to write to a golden file.
 *
 * @param size the number of values
 * @param sum of the values
 * @param absSum the sum of the absolute values
 * @param l2 the Euclidean norm
 */
record GoldenSummary(int size, double sum, double absSum, double l2) {
  static Map<String, GoldenSummary> all(JsonNode json) {
    Map<String, GoldenSummary> summaries = new LinkedHashMap<>();
    json.fields().forEachRemaining(field -> summaries.put(field.getKey(), of(field.getValue())));
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
   * Checks that a tensor has this summary, within tolerances.
   *
   * @param relative the tolerance relative to the norm
   * @param norm the least norm that {@code relative} refers to, for small tensors
   * @param resolution the rounding error of the tensor, where it is a difference of larger numbers
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
