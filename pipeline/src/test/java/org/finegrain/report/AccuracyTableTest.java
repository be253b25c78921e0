package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.report.table.Latex;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Table;
import org.junit.jupiter.api.Test;

class AccuracyTableTest {
  private static final List<String> DATASETS = List.of("cub", "aircraft", "cars", "dogs");

  private final List<Trial> trials = new ArrayList<>();

  @Test
  void eachModuleIsComparedWithThePlainNetwork() {
    row("SE", "se", 0.60, 0.61, 0.605);
    row("none", "none", 0.58, 0.575, 0.585);
    row("AAM", "aam", 0.65, 0.655, 0.66);
    assertThat(Markdown.of(table()))
        .contains(
            "| SE | <ins>60.50 ± 0.50</ins> (Δ +2.50\\* \\[+1.50, +3.50\\], n = 3) |",
            "| none | 58.00 ± 0.50 (\\[56.75, 59.24\\], n = 3) |",
            "| AAM | **65.50 ± 0.50** (Δ +7.50\\* \\[+6.50, +8.50\\], n = 3) |",
            "- Δ: difference to the row none in points, with the 95 % interval of this difference alone; \\* p \\< 0.05"
                + " after Holm's correction over all differences of the table.",
            "- Underlined: the second, and better than every row below it in the same way.");
    LinkedHashMap<String, Object> se = table().records().get(0);
    assertThat(se)
        .containsEntry("module", "SE")
        .containsEntry("best", false)
        .containsEntry("second", true)
        .containsEntry("baseline", "none");
    assertThat((Double) se.get("p-corrected")).isGreaterThanOrEqualTo((Double) se.get("p"));
    assertThat(se.get("runs").toString().split(" ")).hasSize(3).allMatch(it -> it.contains("cub"));
  }

  @Test
  void anUnderlinedCellIsUnderlinedInEveryForm() {
    row("none", "none", 0.58, 0.575, 0.585);
    row("SE", "se", 0.60, 0.61, 0.605);
    row("AAM", "aam", 0.65, 0.655, 0.66);
    assertThat(Latex.of(table())).contains("\\underline{60.50 $\\pm$ 0.50}", "$\\Delta$ +2.50");
    assertThat(Html.table(table())).contains("<u>60.50 ± 0.50</u>", "<b>65.50 ± 0.50</b>");
  }

  @Test
  void siunitxReadsPlainNumbersAndLeavesTheOthersAsTheyAre() {
    row("none", "none", 0.58, 0.575, 0.585);
    row("SE", "se", 0.60, 0.62, 0.58);
    row("AAM", "aam", 0.95, 0.955, 0.96);
    assertThat(Latex.withSiunitx(table()))
        .startsWith("% needs \\usepackage{booktabs,graphicx,siunitx}\n")
        .contains("{@{}lS[table-format=2.2(3),separate-uncertainty]rrr@{}}")
        .contains("module & {CUB-200-2011} &")
        .contains("none & 58.00 +- 0.50 &", "AAM & {\\textbf{95.50 $\\pm$ 0.50}} &");
    assertThat(Latex.withSiunitx(DifferenceTable.of(tests(), results()).orElseThrow()))
        .contains("S[table-format=+2.2,separate-uncertainty]", "& +37.50 {\\rlap{*}} \\\\");
  }

  @Test
  void withOneSeedDifferencesAreShownAndNotTested() {
    row("none", "none", 0.58);
    row("AAM", "aam", 0.56);
    assertThat(Markdown.of(table()))
        .contains("| 56.00 (Δ −2.00, n = 1) |")
        .contains("nothing is bold, underlined or starred.")
        .contains(
            "- Δ: difference to the row none in points, with the 95 % interval of this difference alone.");
    assertThat(table().records().get(1))
        .containsEntry("p", null)
        .containsEntry("difference-low", null);
  }

  @Test
  void fromThreeDatasetsOnRowsHaveAMeanRank() {
    for (String dataset : DATASETS) {
      row(dataset, "none", "none", 0.5);
      row(dataset, "SE", "se", dataset.equals("dogs") ? 0.7 : 0.55);
      row(dataset, "AAM", "aam", 0.6);
    }
    row("cub", "ECA", "eca", 0.4);
    Table table = table();
    assertThat(table.columns()).hasSize(8).contains("mean rank");
    assertThat(Markdown.of(table))
        .containsPattern("\\| SE \\|.*\\| 1\\.75 \\|")
        .containsPattern("\\| AAM \\|.*\\| 1\\.25 \\|")
        .containsPattern("\\| none \\|.*\\| 3\\.00 \\|")
        .containsPattern("\\| ECA \\|.*\\| — \\(not scored on all\\) \\|")
        .contains("Mean rank over 4 datasets: Friedman's test by permutation has p = 0.");
  }

  @Test
  void differencesOfANumberAreThoseOfAllPairs() {
    for (String eta : List.of("1", "2", "3")) {
      for (int seed = 1; seed <= 3; seed++) {
        trials.add(
            new FakeTrial()
                .on("cub", seed)
                .set("loss.eta", eta)
                .in("eta", Map.of("loss.eta", eta))
                .top1(0.5 + 0.01 * Integer.parseInt(eta) + 0.001 * seed)
                .build());
      }
    }
    ComparisonTests tests = tests();
    Table differences = DifferenceTable.of(tests, results()).orElseThrow();
    assertThat(differences.name()).isEqualTo("eta-differences");
    assertThat(Markdown.of(differences))
        .contains("| η = 2 | η = 1 | +1.00\\* (\\[+0.80, +1.20\\], p \\< 0.001) |")
        .contains("| η = 3 | η = 1 | +2.00\\* (\\[+1.80, +2.20\\], p \\< 0.001) |")
        .contains("| η = 3 | η = 2 |");
    assertThat(differences.records())
        .hasSize(3)
        .allMatch(it -> it.get("variance").equals("pooled"));
    assertThat(Markdown.of(AccuracyTable.of(tests, results()))).doesNotContain("Δ");
  }

  @Test
  void theCorrectionIsOverAllDifferencesOfTheTable() {
    for (String dataset : DATASETS) {
      row(dataset, "none", "none", 0.58, 0.575, 0.585);
      row(dataset, "AAM", "aam", 0.59, 0.596, 0.594);
    }
    List<LinkedHashMap<String, Object>> records =
        DifferenceTable.of(tests(), results()).orElseThrow().records();
    assertThat(records).hasSize(4);
    double p = (Double) records.get(0).get("p");
    assertThat((Double) records.get(0).get("p-corrected")).isEqualTo(Math.min(1, 4 * p));
  }

  private void row(String module, String kind, double... top1BySeed) {
    row("cub", module, kind, top1BySeed);
  }

  private void row(String dataset, String module, String kind, double... top1BySeed) {
    for (int i = 0; i < top1BySeed.length; i++) {
      trials.add(
          new FakeTrial()
              .on(dataset, i + 1)
              .set(PublishedNames.ATTENTION, kind)
              .in("attention", Map.of("module", module))
              .top1(top1BySeed[i])
              .build());
    }
  }

  private Table table() {
    return AccuracyTable.of(tests(), results());
  }

  private ComparisonTests tests() {
    return ComparisonTests.of(Comparisons.of(results()).get(0), results());
  }

  private Results results() {
    return Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of());
  }
}
