package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.report.statistics.ConfidenceInterval;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.statistics.Summary;

/**
 * The record of a cell of an accuracy table, for programs. Its keys are part of the format of the
 * table's JSON and CSV.
 */
final class AccuracyRecord {
  private static final List<String> NUMBERS =
      List.of(
          "planned",
          "n",
          "top1-mean",
          "top1-std",
          "top1-low",
          "top1-high",
          "best",
          "second",
          "baseline",
          "difference",
          "difference-low",
          "difference-high",
          "p",
          "p-corrected",
          "mean-rank");

  private AccuracyRecord() {}

  /** Returns the keys of the records of a comparison, in order. */
  static List<String> keys(ComparisonTests tests) {
    List<String> keys = new ArrayList<>(tests.comparison().rowKeys());
    keys.addAll(tests.comparison().panelKeys());
    keys.add("dataset");
    keys.addAll(NUMBERS);
    keys.addAll(NetworkCost.COUNT_KEYS);
    if (NetworkCost.isShown(tests)) {
      keys.addAll(NetworkCost.SPEED_KEYS);
    }
    keys.addAll(List.of("mixed", "reason", "runs"));
    return keys;
  }

  static LinkedHashMap<String, Object> of(
      ComparisonTests tests, PanelTests panel, Column column, int row) {
    ColumnTests columnTests = panel.byColumn().get(column);
    SeedGroup group = columnTests.group(row);
    LinkedHashMap<String, Object> record =
        new LinkedHashMap<>(panel.part().rows().get(row).settings());
    record.putAll(panel.part().settings());
    record.put("dataset", column.id());
    record.put("planned", group.trials().size());
    putAccuracy(record, group.summary());
    record.put("best", columnTests.isBest(row));
    record.put("second", columnTests.isSecond(row));
    Optional<SeedComparison> difference = panel.withBaseline(columnTests, row);
    record.put(
        "baseline",
        difference.isPresent()
            ? tests.comparison().nameOf(panel.part().rows().get(panel.baseline().orElseThrow()))
            : null);
    Difference.put(record, difference.map(tests::difference));
    record.put("mean-rank", panel.meanRank(row).orElse(null));
    new NetworkCost(panel).putInto(record, column, row);
    List<String> mixed = RowCircumstances.of(group).mixed();
    record.put("mixed", mixed.isEmpty() ? null : String.join("; ", mixed));
    record.put("reason", reason(group));
    record.put("runs", group.runs());
    return record;
  }

  private static void putAccuracy(LinkedHashMap<String, Object> record, Optional<Summary> summary) {
    record.put("n", summary.map(Summary::n).orElse(0));
    record.put("top1-mean", summary.map(Summary::mean).orElse(null));
    Optional<Summary> spread = summary.filter(Summary::hasSpread);
    record.put("top1-std", spread.map(Summary::std).orElse(null));
    Optional<ConfidenceInterval> interval =
        spread.map(ConfidenceInterval::ofMean).filter(ConfidenceInterval::isKnown);
    record.put("top1-low", interval.map(ConfidenceInterval::low).orElse(null));
    record.put("top1-high", interval.map(ConfidenceInterval::high).orElse(null));
  }

  private static String reason(SeedGroup group) {
    if (group.trials().isEmpty()) {
      return "not planned";
    }
    return group.missing().isEmpty()
        ? null
        : group.missing().stream()
            .map(trial -> "seed " + trial.seed() + ": " + trial.reason())
            .collect(Collectors.joining("; "));
  }
}
