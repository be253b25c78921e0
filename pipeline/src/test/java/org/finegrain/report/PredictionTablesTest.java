package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finegrain.report.statistics.ImageHits;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;
import org.junit.jupiter.api.Test;

/** Tests the tables that rest on the predictions of single images. */
class PredictionTablesTest {
  private static final int IMAGES = 100;

  private final List<Trial> trials = new ArrayList<>();
  private final Map<List<RunPlace>, RowPredictions> predictions = new HashMap<>();

  @Test
  void netsOfOneSeedAreComparedByMcNemarsTest() {
    row("none", "images", 60);
    row("AAM", "images", 68);
    Table table = differences();
    assertThat(table.panels())
        .extracting(Panel::title)
        .containsExactly("over seeds", "over images");
    // AAM alone is right on 8 images, none alone on no image: p = 2 · 0.5^8.
    assertThat(table.panels().get(1).rows().get(0).cells().get(0))
        .extracting(Cell::text, cell -> cell.detail().replaceAll(".*, p", "p"))
        .containsExactly("+8.00*", "p = 0.008");
    assertThat(table.records().get(1))
        .containsEntry("over", "images")
        .containsEntry("p", 2 * Math.pow(0.5, 8));
    assertThat(table.records().get(0)).containsEntry("over", "seeds").containsEntry("p", null);
  }

  @Test
  void theCorrectionIsOverAllTestsOfImages() {
    row("none", "images", 60);
    row("SE", "images", 66);
    row("AAM", "images", 68);
    List<Double> corrected =
        differences().records().stream()
            .filter(record -> record.get("over").equals("images"))
            .map(record -> (Double) record.get("p-corrected"))
            .toList();
    assertThat(corrected).containsExactly(2 * Math.pow(0.5, 6), 2 * 2 * Math.pow(0.5, 8));
  }

  @Test
  void predictionsOfOtherImagesAreNotCompared() {
    row("none", "images", 60);
    row("SE", "other images", 66);
    row("AAM", "images", 60, 68);
    List<Panel.Row> rows = differences().panels().get(1).rows();
    assertThat(rows.get(0).cells().get(0).detail()).isEqualTo("no common predictions");
    assertThat(rows.get(1).cells().get(0).text()).startsWith("+4.00");
  }

  @Test
  void withoutPredictionsThereIsNoPanelOverImagesAndNoTableOfClasses() {
    row("none", "images", 60);
    row("AAM", "images", 68);
    predictions.clear();
    assertThat(differences().panels()).extracting(Panel::title).containsExactly("over seeds");
    assertThat(ClassTable.of(comparison(), classes(), results())).isEmpty();
    assertThat(ConfusionTable.of(comparison(), classes(), results())).isEmpty();
  }

  @Test
  void theHardestClassesAreShownAndAllAreRecorded() {
    row("none", "images", 60);
    row("AAM", "images", 68, 70);
    Table table = ClassTable.of(comparison(), classes(), results()).orElseThrow();
    assertThat(table.columns()).containsExactly("none", "AAM");
    assertThat(Markdown.of(table))
        .contains("| b | 50 | 20.00 | 38.00 |", "| a | 50 | 100.00 | 100.00 |");
    assertThat(table.panels().get(0).rows())
        .extracting(row -> row.heads().get(0))
        .containsExactly("b", "a");
    assertThat(table.records())
        .hasSize(4)
        .anySatisfy(
            record ->
                assertThat(record)
                    .containsEntry("row", "AAM")
                    .containsEntry("class", "b")
                    .containsEntry("predictions", 100L)
                    .containsEntry("hits", 38L));
  }

  @Test
  void confusedPairsHaveTheirShareOfTheTrueClass() {
    row("none", "images", 60);
    row("AAM", "images", 68, 70);
    Table table = ConfusionTable.of(comparison(), classes(), results()).orElseThrow();
    assertThat(Markdown.of(table)).contains("| b | a | 80.00 | 62.00 |");
    assertThat(table.panels().get(0).rows()).hasSize(1);
  }

  @Test
  void whereAllPredictionsAreRightNothingIsConfused() {
    row("none", "images", IMAGES);
    row("AAM", "images", IMAGES);
    assertThat(ConfusionTable.of(comparison(), classes(), results())).isEmpty();
    assertThat(differences().panels().get(1).rows().get(0).cells().get(0).text()).isEqualTo("0.00");
  }

  /** Adds a row with one seed for each number of right predictions, which are the first images. */
  private void row(String module, String images, int... hitsBySeed) {
    List<Trial> row = new ArrayList<>();
    List<boolean[]> hits = new ArrayList<>();
    for (int i = 0; i < hitsBySeed.length; i++) {
      row.add(
          new FakeTrial()
              .on("cub", i + 1)
              .set(PublishedNames.ATTENTION, module)
              .in("attention", Map.of("module", module))
              .top1(hitsBySeed[i] / (double) IMAGES)
              .build());
      boolean[] right = new boolean[IMAGES];
      Arrays.fill(right, 0, hitsBySeed[i], true);
      hits.add(right);
    }
    trials.addAll(row);
    long ofA = IntStream.of(hitsBySeed).map(count -> Math.min(count, 50)).sum();
    long ofB = IntStream.of(hitsBySeed).sum() - ofA;
    long wrong = 50L * hitsBySeed.length - ofB;
    predictions.put(
        new SeedGroup(row).places(),
        new RowPredictions(
            row.stream().map(Trial::seed).toList(),
            ImageHits.of(hits),
            images,
            ConfusionCounts.of(
                Stream.of(
                        new ConfusionCounts.Cell(0, 0, ofA),
                        new ConfusionCounts.Cell(1, 1, ofB),
                        new ConfusionCounts.Cell(1, 0, wrong))
                    .filter(cell -> cell.count() > 0)),
            List.of(
                new RowPredictions.ClassHits("a", 50, ofA),
                new RowPredictions.ClassHits("b", 50, ofB)),
            List.of()));
  }

  private Table differences() {
    return DifferenceTable.of(ComparisonTests.of(comparison(), results()), results()).orElseThrow();
  }

  private ClassPanels classes() {
    return ClassPanels.of(comparison(), results());
  }

  private Comparison comparison() {
    return Comparisons.of(results()).get(0);
  }

  private Results results() {
    return Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of()).with(predictions);
  }
}
