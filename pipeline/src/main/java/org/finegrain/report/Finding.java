package org.finegrain.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.statistics.Summary;

/**
 * The finding of a comparison on one dataset, within one panel.
 *
 * @param dataset the published name of the dataset
 * @param best the row that is proved to be better than every other one; empty if none is
 * @param isContest whether at least two rows have a score
 * @param sentence the finding in words, with its uncertainty
 * @param line the same in the short form of a list of findings
 */
record Finding(
    String dataset, Optional<String> best, boolean isContest, String sentence, String line) {
  private static final String NONE = "no row is proved to be the best: ";

  /** Makes the sentences of one column. */
  private record Words(Comparison comparison, PanelTests panel, ColumnTests column) {
    private String name(int row) {
      Comparison.Row named = panel.part().rows().get(row);
      boolean isPlainBaseline =
          named.isPlain() && panel.baseline().isPresent() && panel.baseline().getAsInt() == row;
      return isPlainBaseline ? "the network without attention" : comparison.nameOf(named);
    }

    private Summary summary(int row) {
      return column.group(row).summary().orElseThrow();
    }

    private String accuracy(int row) {
      Summary summary = summary(row);
      return Percent.of(summary.mean())
          + (summary.hasSpread() ? " ± " + Percent.of(summary.std()) : "")
          + " % ("
          + (summary.n() == 1 ? "one seed" : "mean of " + summary.n() + " seeds")
          + ")";
    }

    private String alone(int row) {
      String name = name(row);
      String subject = name.isEmpty() ? "the network" : name;
      return panel.part().rows().size() == 1
          ? subject + " has " + accuracy(row)
          : "only " + subject + " has a score, " + accuracy(row);
    }

    private String level(List<Integer> rows) {
      List<String> names = rows.stream().map(this::name).toList();
      return NONE
          + Answer.listed(names)
          + " have the same highest accuracy, "
          + accuracy(rows.get(0));
    }

    private String lead(int first, int other) {
      SeedComparison lead = column.compare(first, other).orElseThrow();
      String distance =
          accuracy(first)
              + ", "
              + Percent.of(Math.abs(lead.effect()))
              + " points above "
              + name(other)
              + (lead.interval().isKnown()
                  ? ", 95 % interval " + Percent.difference(lead.interval())
                  : ", a difference that cannot be tested");
      return column.isBest(first)
          ? name(first) + " is proved to be the best, with " + distance
          : NONE + name(first) + " leads with " + distance;
    }

    /** Returns the row that the leading one is set against: the baseline if it is proved best. */
    private int rival(List<Integer> order) {
      OptionalInt baseline = panel.baseline();
      boolean againstBaseline =
          column.isBest(order.get(0))
              && baseline.isPresent()
              && baseline.getAsInt() != order.get(0)
              && order.contains(baseline.getAsInt());
      return againstBaseline ? baseline.getAsInt() : order.get(1);
    }
  }

  /** Returns the finding of a column; empty if no row has a score. */
  static Optional<Finding> of(
      Comparison comparison, PanelTests panel, Column column, ColumnTests tests, Results results) {
    List<Integer> order = tests.byMean();
    if (order.isEmpty()) {
      return Optional.empty();
    }
    Words words = new Words(comparison, panel, tests);
    int first = order.get(0);
    double highest = tests.mean(first).orElseThrow();
    List<Integer> level =
        order.stream().filter(row -> tests.mean(row).orElseThrow() == highest).toList();
    String found =
        order.size() == 1
            ? words.alone(first)
            : level.size() > 1 ? words.level(level) : words.lead(first, words.rival(order));
    String settings = PublishedNames.assignments(panel.part().settings());
    String flaw = results.flaw(column);
    String place =
        column.title()
            + (flaw.isEmpty() ? "" : " (" + flaw + ", no benchmark result)")
            + (settings.isEmpty() ? "" : " with " + settings);
    return Optional.of(
        new Finding(
            column.title(),
            tests.isBest(first) && order.size() > 1
                ? Optional.of(words.name(first))
                : Optional.empty(),
            order.size() > 1,
            "On " + place + ", " + found + ".",
            place + ": " + found.replaceFirst("^" + NONE, "") + "."));
  }
}
