package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private final List<Trial> trials = new ArrayList<>();

  @Test
  void aProvedRowIsSetAgainstTheBaseline() {
    row("none", "none", 0.58, 0.575, 0.585);
    row("SE", "se", 0.60, 0.61, 0.605);
    row("AAM", "aam", 0.65, 0.655, 0.66);
    assertThat(answer())
        .isEqualTo(
            new Answer(
                "Which module trains the most accurate network?",
                "On CUB-200-2011, it is AAM: 65.50 ± 0.50 %, +7.50 points over none, 95 % interval"
                    + " [+6.50, +8.50] (3 seeds)."));
  }

  @Test
  void aLeadThatIsNotProvedIsSetAgainstTheNextRow() {
    row("none", "none", 0.58, 0.575, 0.585);
    row("AAM", "aam", 0.584, 0.585, 0.58);
    assertThat(answer().sentence())
        .startsWith("On CUB-200-2011, none is proved to be: AAM leads with 58.30 ± 0.26 %,")
        .contains("+0.30 points over none, 95 % interval [−");
  }

  @Test
  void oneSeedProvesNothing() {
    row("none", "none", 0.58);
    row("AAM", "aam", 0.7);
    assertThat(answer().sentence())
        .isEqualTo(
            "On CUB-200-2011, none is proved to be: AAM leads with 70.00 %, +12.00 points over none"
                + " (one seed).");
  }

  @Test
  void withoutAScoreThereIsNoAnswer() {
    row("none", "none", new double[] {Double.NaN});
    assertThat(answer().sentence()).isEqualTo("No trial has a score on the test split yet.");
  }

  @Test
  void theComparisonWithThePlainNetworkIsTheMainOne() {
    trials.add(
        new FakeTrial()
            .set("loss.kind", "ce")
            .in("ablation", Map.of("loss.kind", "ce"))
            .top1(0.9)
            .build());
    row("none", "none", 0.58);
    row("AAM", "aam", 0.7);
    assertThat(answer().question()).contains("module");
  }

  private Answer answer() {
    Results results = Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of());
    return Answer.of(
        Answer.mainOf(
            Comparisons.of(results).stream()
                .map(comparison -> ComparisonTests.of(comparison, results))
                .toList()),
        results);
  }

  private void row(String module, String kind, double... top1BySeed) {
    for (int i = 0; i < top1BySeed.length; i++) {
      FakeTrial trial =
          new FakeTrial()
              .on("cub", i + 1)
              .set(PublishedNames.ATTENTION, kind)
              .in("attention", Map.of("module", module));
      trials.add((Double.isNaN(top1BySeed[i]) ? trial : trial.top1(top1BySeed[i])).build());
    }
  }
}
