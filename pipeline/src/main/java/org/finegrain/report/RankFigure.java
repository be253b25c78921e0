package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.Plot;
import org.finegrain.report.figure.RankPlot;
import org.finegrain.report.statistics.FriedmanTest;
import org.finegrain.report.statistics.MeanRanks;

/** The critical-difference diagram of a comparison, with a plot for each panel. */
final class RankFigure {
  private RankFigure() {}

  /** Returns the diagram; empty with fewer than three datasets, or two rows scored on all. */
  static Optional<FigureGroup> of(ComparisonTests tests, Results results) {
    List<Plot> plots = new ArrayList<>();
    Set<String> sentences = new LinkedHashSet<>();
    for (PanelTests panel : tests.panels()) {
      if (panel.ranks().isPresent()) {
        MeanRanks ranks = panel.ranks().get();
        plots.add(plot(tests.comparison(), panel, ranks));
        sentences.add(sentence(panel, ranks));
      }
    }
    String caption =
        "Mean ranks of top-1 on the test split, 1 for the best."
            + " A bar joins rows whose mean ranks are less than the critical difference CD of"
            + " Nemenyi's test at 5 % apart, so that no difference between them is proved. "
            + String.join(" ", sentences)
            + SeedCaption.partial(tests.columns(), results);
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            FigureGroup.of(
                "Mean ranks of " + tests.comparison().name(),
                new Figure("ranks-" + tests.comparison().name(), caption, plots)));
  }

  private static RankPlot plot(Comparison comparison, PanelTests panel, MeanRanks ranks) {
    List<RankPlot.Method> methods = new ArrayList<>();
    for (int i = 0; i < panel.ranked().size(); i++) {
      Comparison.Row row = panel.part().rows().get(panel.ranked().get(i));
      methods.add(new RankPlot.Method(comparison.nameOf(row), ranks.mean(i)));
    }
    return new RankPlot(
        PublishedNames.assignments(panel.part().settings()),
        methods,
        ranks.criticalDifference().value());
  }

  private static String sentence(PanelTests panel, MeanRanks ranks) {
    String where = PublishedNames.assignments(panel.part().settings());
    int left = panel.part().rows().size() - panel.ranked().size();
    return String.format(
        Locale.ROOT,
        "%d datasets%s: Friedman's test has %s%s.",
        ranks.datasets(),
        where.isEmpty() ? "" : " (" + where + ")",
        Percent.pValue(FriedmanTest.of(ranks).pValue()),
        left == 0 ? "" : "; rows that are not scored on all datasets are left out: " + left);
  }
}
