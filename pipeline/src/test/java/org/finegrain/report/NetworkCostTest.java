package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Table;
import org.junit.jupiter.api.Test;

class NetworkCostTest {
  private static final Map<String, String> EPYC =
      Map.of(
          "executor-cpu", "AMD EPYC",
          "executor-processors", "8",
          "executors", "4",
          "cores-per-executor", "2",
          "code-version", "0.1.0+a");

  private final List<Trial> trials = new ArrayList<>();

  @Test
  void whatAModuleAddsIsSetAgainstThePlainNetwork() {
    for (String dataset : List.of("cub", "dogs")) {
      trial(dataset, "none", EPYC, 23_900_000, 4_120_000_000L, 80);
      trial(dataset, "SE", EPYC, 26_430_000, 4_123_000_000L, dataset.equals("cub") ? 60 : 64);
      trial(dataset, "AAM", EPYC, 23_900_420, 4_150_000_000L, 72);
    }
    assertThat(Markdown.of(table()))
        .contains("Dogs | parameters added | multiply-adds added | relative img/s |\n")
        .contains("| 0 (of 23.9 M) | 0 (of 4.12 G) | 1.00 |\n")
        .contains("| +2.53 M | +3.00 M | 0.78 |\n", "| +420 | +30.0 M | 0.90 |\n");
    assertThat(table().records().get(2))
        .containsEntry("parameters", 26_430_000L)
        .containsEntry("parameters-added", 2_530_000L)
        .containsEntry("multiply-adds-added", 3_000_000L)
        .containsEntry("images-per-second", 60.0)
        .containsEntry("relative-speed", 0.75);
  }

  @Test
  void speedsUnderOtherCircumstancesAreNotCompared() {
    trial("cub", "none", EPYC, 10, 10, 80);
    trial("cub", "SE", with("executor-cpu", "Xeon"), 10, 10, 60);
    trial("cub", "ECA", with("executors", "8"), 10, 10, 60);
    trial("cub", "CBAM", with("replicas", "8"), 10, 10, 60);
    trial("cub", "AAM", with("code-version", "0.1.0+b"), 10, 10, 60);
    trial("cub", "none else", Map.of(), 10, 10, 60);
    assertThat(Markdown.of(table()))
        .containsPattern("\\| SE \\|.*\\| 0 \\| 0 \\| — \\(other machines\\) \\|\n")
        .containsPattern("\\| ECA \\|.*\\| — \\(other executors\\) \\|\n")
        .containsPattern("\\| AAM \\|.*\\| — \\(other code version\\) \\|\n")
        .containsPattern("\\| none else \\|.*\\| — \\(other machines\\) \\|\n");
  }

  @Test
  void aRowOfOtherCircumstancesThanItsOwnCarriesAMark() {
    trial("cub", "none", EPYC, 10, 10, 80);
    trial("cub", "none", with("code-version", "0.1.0+b"), 10, 10, 80);
    trial("cub", "AAM", EPYC, 10, 10, 60);
    assertThat(Markdown.of(table()))
        .contains("n = 2‡)")
        .contains(
            "- ‡ The seeds ran under different circumstances, so the spread holds more than the"
                + " seed: none, CUB-200-2011: code versions: 0.1.0+a (1 run); 0.1.0+b (1 run).");
    assertThat(table().records().get(0).get("mixed").toString()).startsWith("code versions: ");
    assertThat(table().records().get(1)).containsEntry("mixed", null);
  }

  @Test
  void withoutAPlainNetworkNothingIsAdded() {
    trial("cub", "SE", EPYC, 10, 10, 80);
    trial("cub", "AAM", EPYC, 10, 10, 80);
    assertThat(table().columns()).containsExactly("CUB-200-2011");
    assertThat(table().records().get(0))
        .containsEntry("parameters", 10L)
        .containsEntry("parameters-added", null);
  }

  @Test
  void countsHaveThreeDigits() {
    assertThat(List.of(0L, 9_999L, 10_000L, 999_600L, 23_900_000L, 4_120_000_000L))
        .extracting(Magnitude::of)
        .containsExactly("0", "9999", "10.0 k", "1.00 M", "23.9 M", "4.12 G");
    assertThat(Magnitude.difference(-12_345)).isEqualTo("−12.3 k");
  }

  private static Map<String, String> with(String field, String value) {
    Map<String, String> fields = new HashMap<>(EPYC);
    fields.put(field, value);
    return fields;
  }

  private void trial(
      String dataset,
      String module,
      Map<String, String> provenance,
      long parameters,
      long multiplyAdds,
      double imagesPerSecond) {
    trials.add(
        new FakeTrial()
            .on(dataset, trials.size())
            .set(PublishedNames.ATTENTION, module.equals("none") ? "none" : "aam")
            .in("attention", Map.of("module", module))
            .top1(0.5)
            .cost(parameters, multiplyAdds, imagesPerSecond)
            .provenance(provenance)
            .build());
  }

  private Table table() {
    Results results = Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of());
    return AccuracyTable.of(ComparisonTests.of(Comparisons.of(results).get(0), results), results);
  }
}
