package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The question that a report answers first, and its answer with the uncertainty.
 *
 * @param question the question that the main comparison asks
 * @param sentence the answer in one sentence, which claims no more than the tests over seeds prove
 * @param findings a line for each dataset and panel where there are several; else empty, as the
 *     answer says it all
 */
record Answer(String question, String sentence, List<String> findings) {
  private static final String NO_SCORE = "No trial has a score on the test split yet.";
  private static final String PROVED = " is proved to be the best";

  /** With more findings, those of the first panel are listed, and the others are in the table. */
  private static final int MOST_FINDINGS = 8;

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

  /** Returns the answer to the question of a comparison. */
  static Answer of(ComparisonTests tests, Results results) {
    Comparison comparison = tests.comparison();
    List<List<Finding>> byPanel =
        tests.panels().stream()
            .map(panel -> findings(comparison, panel, results))
            .filter(findings -> !findings.isEmpty())
            .toList();
    List<Finding> all = byPanel.stream().flatMap(List::stream).toList();
    String question = question(comparison);
    if (all.isEmpty()) {
      return new Answer(question, NO_SCORE, List.of());
    }
    if (all.size() == 1) {
      return new Answer(question, all.get(0).sentence(), List.of());
    }
    boolean isShort = all.size() <= MOST_FINDINGS;
    List<String> listed =
        new ArrayList<>((isShort ? all : byPanel.get(0)).stream().map(Finding::line).toList());
    if (!isShort && byPanel.size() > 1) {
      listed.add("The table has the same for the other panels: " + (byPanel.size() - 1) + ".");
    }
    return new Answer(question, overview(all, byPanel.size() > 1), listed);
  }

  private static String question(Comparison comparison) {
    List<String> heads = comparison.rowKeys().stream().map(PublishedNames::ofKey).toList();
    return switch (heads.size()) {
      case 0 -> "How accurate is the network?";
      case 1 -> "Which " + heads.get(0) + " gives the most accurate network?";
      default -> "Which " + listed(heads) + " together give the most accurate network?";
    };
  }

  private static List<Finding> findings(Comparison comparison, PanelTests panel, Results results) {
    List<Finding> findings = new ArrayList<>();
    panel
        .byColumn()
        .forEach(
            (column, tests) ->
                Finding.of(comparison, panel, column, tests, results).ifPresent(findings::add));
    return findings;
  }

  /** Returns which row is proved to be the best where, in one sentence. */
  private static String overview(List<Finding> findings, boolean severalPanels) {
    if (findings.stream().noneMatch(Finding::isContest)) {
      return "There is nothing to compare yet, as one row has a score.";
    }
    Map<String, List<Finding>> byBest = new LinkedHashMap<>();
    List<Finding> open = new ArrayList<>();
    for (Finding finding : findings) {
      Optional<String> best = finding.best();
      if (best.isPresent()) {
        byBest.computeIfAbsent(best.get(), it -> new ArrayList<>()).add(finding);
      } else {
        open.add(finding);
      }
    }
    String places = findings.size() + (severalPanels ? " cases" : " datasets");
    String any = (severalPanels ? "in" : "on") + " any of the " + places;
    if (byBest.isEmpty()) {
      return "No row is proved to be the best " + any + ".";
    }
    if (byBest.size() == 1 && open.isEmpty()) {
      return (severalPanels ? "In" : "On")
          + (" all " + places + ", " + byBest.keySet().iterator().next() + PROVED + ".");
    }
    List<String> parts = new ArrayList<>();
    byBest.forEach((name, won) -> parts.add(where(won, severalPanels) + ", " + name + PROVED));
    if (!open.isEmpty()) {
      parts.add(where(open, severalPanels) + ", no row is");
    }
    return capitalized(String.join("; ", parts)) + ".";
  }

  private static String where(List<Finding> findings, boolean severalPanels) {
    return severalPanels
        ? "in " + findings.size() + (findings.size() == 1 ? " case" : " cases")
        : "on " + listed(findings.stream().map(Finding::dataset).toList());
  }

  /** Returns names as a person lists them: {@code a, b and c}. */
  static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : names.stream().limit(last).collect(Collectors.joining(", ")) + " and " + names.get(last);
  }

  private static String capitalized(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
