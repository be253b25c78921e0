package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.statistics.Summary;

/**
 * The question that a report answers first, and its answer in one sentence with the uncertainty.
 *
 * @param question the question that the main comparison asks
 * @param sentence the answer, which claims no more than the tests over seeds prove
 */
record Answer(String question, String sentence) {
  private static final String NO_SCORE = "No trial has a score on the test split yet.";

  /**
   * Returns the main comparison: the one with the network without attention, or else the first.
   *
   * @param all the tests of all comparisons, at least one
   */
  static ComparisonTests mainOf(List<ComparisonTests> all) {
    return all.stream().filter(Answer::hasPlainNetwork).findFirst().orElse(all.get(0));
  }

  private static boolean hasPlainNetwork(ComparisonTests tests) {
    return tests.panels().stream()
        .anyMatch(
            panel ->
                panel.baseline().isPresent()
                    && panel.part().rows().get(panel.baseline().getAsInt()).isPlain());
  }

  /** Returns the answer to the question of a comparison, from its first panel with a score. */
  static Answer of(ComparisonTests tests, Results results) {
    Comparison comparison = tests.comparison();
    String heads =
        comparison.rowKeys().stream().map(PublishedNames::ofKey).collect(Collectors.joining(", "));
    String question =
        heads.isEmpty()
            ? "How accurate is the network?"
            : "Which " + heads + " trains the most accurate network?";
    for (PanelTests panel : tests.panels()) {
      List<String> findings = new ArrayList<>();
      panel
          .byColumn()
          .forEach(
              (column, columnTests) ->
                  finding(comparison, panel, columnTests)
                      .ifPresent(it -> findings.add("on " + place(column, results) + ", " + it)));
      if (!findings.isEmpty()) {
        String panelWords = PublishedNames.assignments(panel.part().settings());
        String sentence =
            (panelWords.isEmpty() ? "" : "with " + panelWords + ", ")
                + String.join("; ", findings)
                + ".";
        return new Answer(
            question, sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
      }
    }
    return new Answer(question, NO_SCORE);
  }

  private static String place(Column column, Results results) {
    String flaw = results.flaw(column);
    return column.title() + (flaw.isEmpty() ? "" : " (" + flaw + ", no benchmark result)");
  }

  private static Optional<String> finding(
      Comparison comparison, PanelTests panel, ColumnTests column) {
    List<Integer> order = column.byMean();
    if (order.isEmpty()) {
      return Optional.empty();
    }
    int first = order.get(0);
    Summary summary = column.group(first).summary().orElseThrow();
    String name = comparison.nameOf(panel.part().rows().get(first));
    String accuracy =
        Percent.of(summary.mean())
            + (summary.hasSpread() ? " ± " + Percent.of(summary.std()) : "")
            + " %";
    if (order.size() == 1) {
      return Optional.of((name.isEmpty() ? "" : name + " has ") + accuracy + seeds(summary));
    }
    int other = rival(panel, column, order);
    SeedComparison lead = column.compare(first, other).orElseThrow();
    String over =
        Percent.difference(lead.effect())
            + " points over "
            + comparison.nameOf(panel.part().rows().get(other));
    String interval =
        lead.interval().isKnown() ? ", 95 % interval " + Percent.difference(lead.interval()) : "";
    if (column.isBest(first)) {
      return Optional.of(
          "it is " + name + ": " + accuracy + ", " + over + interval + seeds(summary));
    }
    String leads = name + " leads with " + accuracy + ", " + over + interval + seeds(summary);
    return Optional.of("none is proved to be: " + leads);
  }

  /** Returns the row that the leading one is set against: the baseline if it is proved best. */
  private static int rival(PanelTests panel, ColumnTests column, List<Integer> order) {
    OptionalInt baseline = panel.baseline();
    boolean againstBaseline =
        column.isBest(order.get(0))
            && baseline.isPresent()
            && baseline.getAsInt() != order.get(0)
            && order.contains(baseline.getAsInt());
    return againstBaseline ? baseline.getAsInt() : order.get(1);
  }

  private static String seeds(Summary summary) {
    return summary.n() == 1 ? " (one seed)" : " (" + summary.n() + " seeds)";
  }
}
