package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;
import org.junit.jupiter.api.Test;

class LiteratureTableTest {
  private final List<Trial> trials = new ArrayList<>();

  @Test
  void everyPublishedResultHasASourceAndAnAccuracy() {
    List<PublishedResult> all = PublishedResult.all();
    assertThat(all).hasSize(167);
    assertThat(all)
        .allSatisfy(
            result -> {
              assertThat(Double.parseDouble(result.top1())).isBetween(0.0, 100.0);
              assertThat(result.source()).startsWith("https://");
              assertThat(result.dataset()).isIn("cub", "aircraft", "cars", "dogs");
            });
  }

  @Test
  void settingsAreNeverMixedInAPanel() {
    trial("cub", 0.6);
    Table table = table(true);
    List<String> panels = table.panels().stream().map(Panel::title).toList();
    assertThat(panels)
        .startsWith("From random weights, 224 (from 256) px", "From random weights, 224 px")
        .contains("Pre-trained on ImageNet-1k, 448 px", "Start not stated, input size not stated");
    assertThat(panels.get(panels.size() - 1)).startsWith("Claimed for AAM: ");
    assertThat(table.panels())
        .filteredOn(panel -> panel.rows().stream().anyMatch(it -> it.heads().contains("ours")))
        .extracting(Panel::title)
        .containsExactly("From random weights, 224 px");
  }

  @Test
  void ourRowsStandBesidePublishedOnesWithMeanSpreadAndSeeds() {
    trial("cub", 0.6);
    trial("cub", 0.62);
    trial("dogs", 0.5);
    assertThat(Markdown.of(table(true)))
        .contains(
            "| finegrain, loss = CE | ResNet-50 | ours | 61.00 ± 1.41 (n = 2) | — (not planned)")
        .contains(
            "| VGG-16, cross-entropy (baseline) (repository 2019) | VGG-16 | published code |"
                + " 64.60 (\\[1\\])")
        .contains("45.70†");
  }

  @Test
  void aPartOfADatasetIsNoResult() {
    trial("cub", 0.6);
    Table table = table(false);
    assertThat(Markdown.of(table)).contains("| ours | — (not the full dataset) |");
    assertThat(table.records())
        .filteredOn(
            record -> "ours".equals(record.get("kind")) && "cub".equals(record.get("dataset")))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.get("top1")).isNull();
              assertThat(record).containsEntry("reason", "not the full dataset");
            });
  }

  private Table table(boolean isFull) {
    List<DatasetFacts> facts = new ArrayList<>();
    for (String dataset : List.of("cub", "dogs")) {
      facts.add(
          new DatasetFacts(
              dataset,
              "f1",
              false,
              10,
              isFull ? 80 : 8,
              20,
              50,
              new DatasetFacts.Size(
                  OptionalLong.of(10), OptionalLong.of(100), OptionalLong.of(50))));
    }
    Results results = Results.of(List.of(new Sweep("plan", trials, List.of())), facts);
    return LiteratureTable.of(Comparisons.of(results), results);
  }

  private void trial(String dataset, double top1) {
    trials.add(
        new FakeTrial()
            .on(dataset, trials.size())
            .set(Map.of("loss.kind", "ce", "model.depth", "50", "augmentation.image-size", "224"))
            .in("loss", Map.of("loss.kind", "ce"))
            .top1(top1)
            .build());
  }
}
