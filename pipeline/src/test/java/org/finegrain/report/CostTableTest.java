package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;
import org.junit.jupiter.api.Test;

class CostTableTest {
  private static final Map<String, String> EPYC =
      Map.of(
          "executor-cpu", "AMD EPYC",
          "executor-processors", "8",
          "executors", "4",
          "cores-per-executor", "2");

  private final List<Trial> trials = new ArrayList<>();

  @Test
  void speedAndCoreHoursStandByNetworkAndKindOfMachine() {
    trial("aam", EPYC, 23_900_000, 80);
    trial("aam", EPYC, 24_100_000, 90);
    trial("aam", EPYC, 24_100_000, 70);
    trial("se", EPYC, 26_400_000, 60);
    trial("se", other(), 26_400_000, 120);
    Table table = table();
    assertThat(table.panels())
        .extracting(Panel::title)
        .containsExactly(
            "AMD EPYC, 8 processors, executors: 4 × 2 cores",
            "Xeon, 8 processors, executors: 4 × 2 cores");
    // A trial takes 60 s on 8 cores, which is 0.133 core hours.
    assertThat(Markdown.of(table))
        .contains(
            "| attention = AAM | 3 | 23.9 M to 24.1 M | 4.12 G | 80.0 | 0.02 | 0.13 | 0.4 |",
            "| attention = SE | 1 | 26.4 M | 4.12 G | 60.0 | 0.02 | 0.13 | 0.1 |",
            "| attention = SE | 1 | 26.4 M | 4.12 G | 120.0 | 0.02 | 0.13 | 0.1 |");
    assertThat((Double) table.records().get(0).get("core-hours")).isEqualTo(3 * 60 * 8 / 3600.0);
  }

  @Test
  void whereExecutorsAreNotKnownCoreHoursAreMissing() {
    trial("aam", Map.of(), 23_900_000, Double.NaN);
    assertThat(table().panels().get(0).title()).isEqualTo("machine not known");
    assertThat(Markdown.of(table()))
        .contains("| all | 1 | 23.9 M | 4.12 G | — (not known) | 0.02 | — (not known) |");
  }

  @Test
  void withoutAnEndedRunThereIsNoTable() {
    trials.add(new FakeTrial().build());
    assertThat(CostTable.of(results())).isEmpty();
  }

  private static Map<String, String> other() {
    Map<String, String> other = new HashMap<>(EPYC);
    other.put("executor-cpu", "Xeon");
    return other;
  }

  private void trial(
      String attention, Map<String, String> provenance, long parameters, double imagesPerSecond) {
    trials.add(
        new FakeTrial()
            .on("cub", trials.size())
            .set(PublishedNames.ATTENTION, attention)
            .top1(0.5)
            .cost(parameters, 4_120_000_000L, imagesPerSecond)
            .provenance(provenance)
            .build());
  }

  private Table table() {
    return CostTable.of(results()).orElseThrow();
  }

  private Results results() {
    return Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of());
  }
}
