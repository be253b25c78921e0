package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
                "Which module gives the most accurate network?",
                "On CUB-200-2011, AAM is proved to be the best, with 65.50 ± 0.50 % (mean of 3"
                    + " seeds), 7.50 points above the network without attention, 95 % interval"
                    + " [+6.50, +8.50].",
                List.of()));
  }

  @Test
  void aLeadThatIsNotProvedIsSetAgainstTheNextRow() {
    row("none", "none", 0.58, 0.575, 0.585);
    row("AAM", "aam", 0.584, 0.585, 0.58);
    assertThat(answer().sentence())
        .startsWith(
            "On CUB-200-2011, no row is proved to be the best: AAM leads with 58.30 ± 0.26 % (mean of"
                + " 3 seeds), 0.30 points above the network without attention, 95 % interval [−");
  }

  @Test
  void oneSeedProvesNothing() {
    row("none", "none", 0.58);
    row("AAM", "aam", 0.7);
    assertThat(answer().sentence())
        .isEqualTo(
            "On CUB-200-2011, no row is proved to be the best: AAM leads with 70.00 % (one seed),"
                + " 12.00 points above the network without attention, a difference that cannot be"
                + " tested.");
  }

  @Test
  void equalMeansHaveNoLeader() {
    row("none", "none", 0.57, 0.58);
    row("SE", "se", 0.6, 0.61);
    row("AAM", "aam", 0.6, 0.61);
    assertThat(answer().sentence())
        .isEqualTo(
            "On CUB-200-2011, no row is proved to be the best: SE and AAM have the same highest"
                + " accuracy, 60.50 ± 0.71 % (mean of 2 seeds).");
  }

  @Test
  void whereOneRowHasAScoreNothingIsCompared() {
    row("none", "none", new double[] {Double.NaN});
    row("AAM", "aam", 0.6);
    assertThat(answer().sentence())
        .isEqualTo("On CUB-200-2011, only AAM has a score, 60.00 % (one seed).");
  }

  @Test
  void oneConfigurationHasNoRival() {
    trials.add(new FakeTrial().in("axes", Map.of()).top1(0.6).build());
    assertThat(answer())
        .isEqualTo(
            new Answer(
                "How accurate is the network?",
                "On CUB-200-2011, the network has 60.00 % (one seed).",
                List.of()));
  }

  @Test
  void withoutAScoreThereIsNoAnswer() {
    row("none", "none", new double[] {Double.NaN});
    assertThat(answer().sentence()).isEqualTo("No trial has a score on the test split yet.");
  }

  @Test
  void severalDatasetsAreSummedUpAndListed() {
    for (String dataset : List.of("cub", "cars", "dogs")) {
      row(dataset, "none", "none", 0.58, 0.575, 0.585);
      double lead = dataset.equals("dogs") ? 0.001 : 0.1;
      row(dataset, "AAM", "aam", 0.58 + lead, 0.575 + lead, 0.585 + lead);
    }
    assertThat(answer().sentence())
        .isEqualTo(
            "On CUB-200-2011 and Stanford Cars, AAM is proved to be the best; on Stanford Dogs, no"
                + " row is.");
    assertThat(answer().findings())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("CUB-200-2011: AAM is proved to be the best, with"),
            one -> assertThat(one).startsWith("Stanford Cars: AAM is proved to be the best, with"),
            one -> assertThat(one).startsWith("Stanford Dogs: AAM leads with 58.10 ± 0.50 %"));
  }

  @Test
  void aPartOfADatasetIsCalledSo() {
    row("none", "none", 0.58);
    row("AAM", "aam", 0.7);
    DatasetFacts part =
        new DatasetFacts(
            "cub",
            "f1",
            false,
            10,
            90,
            10,
            100,
            new DatasetFacts.Size(
                OptionalLong.of(200), OptionalLong.of(5994), OptionalLong.of(5794)));
    assertThat(answer(part).sentence())
        .startsWith("On CUB-200-2011 (partial, no benchmark result), no row is proved");
  }

  @Test
  void eachPanelIsAnswered() {
    for (String k : List.of("3", "5")) {
      for (String eta : List.of("2", "9")) {
        for (int seed = 1; seed <= 3; seed++) {
          trials.add(
              new FakeTrial()
                  .on("cub", seed)
                  .set(Map.of(PublishedNames.ETA, eta, PublishedNames.K, k))
                  .in("axes", Map.of())
                  .top1((eta.equals("9") && k.equals("5") ? 0.7 : 0.6) + 0.001 * seed)
                  .build());
        }
      }
    }
    assertThat(answer().question()).isEqualTo("Which η gives the most accurate network?");
    assertThat(answer().sentence())
        .isEqualTo("In 1 case, η = 9 is proved to be the best; in 1 case, no row is.");
    assertThat(answer().findings())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("CUB-200-2011 with k = 3: ");
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

  private Answer answer(DatasetFacts... facts) {
    Results results = Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of(facts));
    return Answer.of(
        Answer.mainOf(
            Comparisons.of(results).stream()
                .map(comparison -> ComparisonTests.of(comparison, results))
                .toList()),
        results);
  }

  private void row(String module, String kind, double... top1BySeed) {
    row("cub", module, kind, top1BySeed);
  }

  private void row(String dataset, String module, String kind, double... top1BySeed) {
    for (int i = 0; i < top1BySeed.length; i++) {
      FakeTrial trial =
          new FakeTrial()
              .on(dataset, i + 1)
              .set(PublishedNames.ATTENTION, kind)
              .in("attention", Map.of("module", module));
      trials.add((Double.isNaN(top1BySeed[i]) ? trial : trial.top1(top1BySeed[i])).build());
    }
  }
}
