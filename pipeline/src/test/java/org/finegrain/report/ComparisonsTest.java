package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final String KIND = "model.attention.kind";
  private static final String LOSS = "loss.kind";

  private final List<Trial> trials = new ArrayList<>();

  @Test
  void theRowsOfASpaceAreItsAxesAndWhatVariesElsewhereIsNotSplitOff() {
    trial("plan", settings("se", "ce+cc"), Map.of("attention", Map.of("module", "SE")));
    trial(
        "plan",
        settings("aam", "ce+cc"),
        Map.of("attention", Map.of("module", "AAM"), "loss", Map.of(LOSS, "ce+cc")));
    trial("plan", settings("aam", "ce"), Map.of("loss", Map.of(LOSS, "ce")));

    List<Comparison> comparisons = comparisons();
    assertThat(comparisons).extracting(Comparison::name).containsExactly("attention", "loss");
    Comparison attention = comparisons.get(0);
    assertThat(attention.title()).isEqualTo("Accuracy for each module");
    assertThat(attention.panelKeys()).isEmpty();
    assertThat(attention.parts()).hasSize(1);
    assertThat(attention.parts().get(0).rows())
        .as("in the order of the plan")
        .extracting(row -> row.settings().get("module"))
        .containsExactly("SE", "AAM");
    assertThat(comparisons.get(1).title()).isEqualTo("Accuracy for each loss");
    assertThat(comparisons.get(1).trials()).hasSize(2);
  }

  @Test
  void sweepsWithOtherSettingsMakePanelsOfOneSpace() {
    for (String depth : List.of("18", "50")) {
      SortedMap<String, String> plain = settings("none", "ce");
      plain.put("model.depth", depth);
      SortedMap<String, String> aam = settings("aam", "ce");
      aam.put("model.depth", depth);
      trial("sweep " + depth, plain, Map.of("attention", Map.of("module", "none")));
      trial("sweep " + depth, aam, Map.of("attention", Map.of("module", "AAM")));
    }
    Comparison attention = comparisons().get(0);
    assertThat(attention.panelKeys()).containsExactly("model.depth");
    assertThat(attention.parts()).hasSize(2).allMatch(part -> part.rows().size() == 2);
  }

  @Test
  void anAxisThatMeansNothingForATrialHasADash() {
    trial("plan", settings("aam", "ce"), Map.of("rates", Map.of(LOSS, "ce")));
    trial(
        "plan", settings("aam", "ce+cc"), Map.of("rates", Map.of(LOSS, "ce+cc", "loss.mu", "0.1")));
    Comparison rates = comparisons().get(0);
    assertThat(rates.rowKeys()).containsExactlyInAnyOrder(LOSS, "loss.mu");
    assertThat(rates.parts().get(0).rows())
        .extracting(row -> row.settings().get("loss.mu"))
        .containsExactly("–", "0.1");
  }

  @Test
  void namesOfSpacesBecomeNamesOfFilesThatAreUnique() {
    trial("plan", settings("aam", "ce"), Map.of("datasets", Map.of()));
    trial("plan", settings("aam", "ce"), Map.of("a/b: ü", Map.of()));
    trial("plan", settings("aam", "ce"), Map.of("a b", Map.of()));
    assertThat(comparisons())
        .extracting(Comparison::name)
        .containsExactly("datasets-2", "a-b", "a-b-2");
  }

  @Test
  void rowsStandAsTheUserListedThemAndNotAsTheirTrialsRun() {
    trial("plan", settings("aam", "ce+cc"), Map.of("loss", Map.of(LOSS, "ce+cc")));
    trial("plan", settings("aam", "ce"), Map.of("loss", Map.of(LOSS, "ce")));
    Sweep sweep =
        new Sweep("plan", trials, List.of(), Map.of("loss", Map.of(LOSS, List.of("ce", "ce+cc"))));
    Comparison loss = Comparisons.of(Results.of(List.of(sweep), List.of())).get(0);
    assertThat(loss.parts().get(0).rows())
        .extracting(row -> row.settings().get(LOSS))
        .containsExactly("ce", "ce+cc");
    assertThat(loss.baseline(loss.parts().get(0))).hasValue(0);
  }

  private List<Comparison> comparisons() {
    return Comparisons.of(Results.of(List.of(new Sweep("all", trials, List.of())), List.of()));
  }

  private static SortedMap<String, String> settings(String attention, String loss) {
    return new TreeMap<>(Map.of(KIND, attention, LOSS, loss));
  }

  private void trial(
      String sweep, SortedMap<String, String> settings, Map<String, Map<String, String>> spaces) {
    FakeTrial trial = new FakeTrial().sweep(sweep).on("cub", trials.size()).set(settings);
    spaces.forEach(trial::in);
    trials.add(trial.build());
  }
}
