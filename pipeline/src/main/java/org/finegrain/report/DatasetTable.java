package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/** The table of the datasets' sizes, as ingested and as published. */
final class DatasetTable {
  private static final List<String> COLUMNS =
      List.of(
          "classes",
          "published classes",
          "train",
          "val",
          "published train",
          "test",
          "published test",
          "data");
  private static final List<String> RECORD_KEYS =
      List.of(
          "dataset",
          "classes",
          "train",
          "val",
          "test",
          "official-classes",
          "official-train",
          "official-test",
          "full",
          "fingerprint");

  private DatasetTable() {}

  static Table of(Results results) {
    Map<Column, DatasetFacts> facts = results.datasets();
    List<Panel.Row> rows = new ArrayList<>();
    List<LinkedHashMap<String, Object>> records = new ArrayList<>();
    for (Column column : results.columns()) {
      DatasetFacts known = facts.get(column);
      rows.add(
          new Panel.Row(
              List.of(column.title()), known == null ? cells(results, column) : cells(known)));
      records.add(known == null ? recordOf(results, column) : recordOf(column, known));
    }
    return new Table(
        "datasets",
        "Datasets as ingested, against the published counts",
        List.of("dataset"),
        COLUMNS,
        List.of(new Panel("", rows)),
        notes(results),
        RECORD_KEYS,
        records);
  }

  private static List<String> notes(Results results) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "The validation split is carved from the published train split: published train counts"
            + " train and val together.");
    partial(results).ifPresent(notes::add);
    return notes;
  }

  /** Returns a sentence that names the datasets that are not whole; empty if all are whole. */
  static Optional<String> partial(Results results) {
    return partial(results, results.columns());
  }

  /** Returns the sentence for some columns alone. */
  static Optional<String> partial(Results results, List<Column> columns) {
    List<String> titles =
        results.partialColumns().stream()
            .filter(columns::contains)
            .map(column -> column.title() + " (" + results.flaw(column) + ")")
            .toList();
    return titles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not the full dataset, so no benchmark result: " + String.join(", ", titles) + ".");
  }

  /** Returns a sentence that names the datasets of which it is not known whether they are whole. */
  static Optional<String> unknown(Results results) {
    Map<Column, DatasetFacts> facts = results.datasets();
    List<String> titles =
        results.columns().stream()
            .filter(column -> !facts.containsKey(column))
            .map(Column::title)
            .toList();
    return titles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "It is not known whether this is the full dataset: " + String.join(", ", titles) + ".");
  }

  private static List<Cell> cells(DatasetFacts facts) {
    return List.of(
        count(OptionalLong.of(facts.classes())),
        count(facts.official().classes()),
        count(OptionalLong.of(facts.train())),
        count(OptionalLong.of(facts.val())),
        count(facts.official().train()),
        count(OptionalLong.of(facts.test())),
        count(facts.official().test()),
        Cell.of(facts.isFull() ? "full" : facts.isSynthetic() ? "synthetic" : "partial"));
  }

  /** Returns the cells that the finished trials give where no manifest is at hand. */
  private static List<Cell> cells(Results results, Column column) {
    Optional<Trial.Outcome> outcome = outcome(results, column);
    Cell missing = Cell.missing("");
    return List.of(
        count(classes(outcome)),
        missing,
        missing,
        missing,
        missing,
        count(testSamples(outcome)),
        missing,
        Cell.of("not known"));
  }

  private static LinkedHashMap<String, Object> recordOf(Column column, DatasetFacts facts) {
    return record(
        column.id(),
        facts.classes(),
        facts.train(),
        facts.val(),
        facts.test(),
        boxed(facts.official().classes()),
        boxed(facts.official().train()),
        boxed(facts.official().test()),
        facts.isFull(),
        facts.fingerprint());
  }

  private static LinkedHashMap<String, Object> recordOf(Results results, Column column) {
    Optional<Trial.Outcome> outcome = outcome(results, column);
    return record(
        column.id(),
        boxed(classes(outcome)),
        null,
        null,
        boxed(testSamples(outcome)),
        null,
        null,
        null,
        null,
        null);
  }

  private static LinkedHashMap<String, Object> record(Object... values) {
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      record.put(RECORD_KEYS.get(i), values[i]);
    }
    return record;
  }

  private static Optional<Trial.Outcome> outcome(Results results, Column column) {
    return results.trials().stream()
        .filter(trial -> results.column(trial).equals(column))
        .flatMap(trial -> trial.outcome().stream())
        .findFirst();
  }

  private static OptionalLong classes(Optional<Trial.Outcome> outcome) {
    return outcome.map(o -> OptionalLong.of(o.classes())).orElse(OptionalLong.empty());
  }

  private static OptionalLong testSamples(Optional<Trial.Outcome> outcome) {
    return outcome
        .filter(o -> o.testSamples() > 0)
        .map(o -> OptionalLong.of(o.testSamples()))
        .orElse(OptionalLong.empty());
  }

  private static Cell count(OptionalLong count) {
    return count.isPresent()
        ? Cell.of(String.format(Locale.ROOT, "%,d", count.getAsLong()))
        : Cell.missing("");
  }

  private static Long boxed(OptionalLong count) {
    return count.isPresent() ? count.getAsLong() : null;
  }
}
