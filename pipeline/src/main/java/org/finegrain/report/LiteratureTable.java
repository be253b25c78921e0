package org.finegrain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.report.statistics.Summary;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * The table that sets our results beside published ones. Each setting, which is the start of a
 * training and its input size, is a panel: accuracies of different settings say nothing about the
 * methods.
 */
final class LiteratureTable {
  private static final List<String> DATASETS = List.of("cub", "aircraft", "cars", "dogs");
  private static final List<String> RECORD_KEYS =
      List.of(
          "setting",
          "method",
          "year",
          "venue",
          "backbone",
          "kind",
          "dataset",
          "top1",
          "std",
          "n",
          "reason",
          "annotations",
          "source",
          "note");
  private static final String SECONDARY_MARK = "†";

  /** The gains over the best compared method that a reading note of the paper gives, in points. */
  private static final List<String> CLAIMED_GAINS = List.of("+0.7", "+1.5", "+0.2", "+2.7");

  private final Results results;
  private final Map<String, Map<Row, List<Cell>>> panels = new TreeMap<>(bySetting());
  private final Set<String> sources = new LinkedHashSet<>();
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();

  /** The head of a row. */
  private record Row(String method, String backbone, String kind) {}

  private LiteratureTable(Results results) {
    this.results = results;
  }

  /**
   * Makes the table.
   *
   * @param comparisons the comparisons whose rows are our results
   */
  static Table of(List<Comparison> comparisons, Results results) {
    return new LiteratureTable(results).build(comparisons);
  }

  private Table build(List<Comparison> comparisons) {
    published();
    comparisons.forEach(this::ours);
    List<Panel> printed = new ArrayList<>();
    panels.forEach(
        (setting, rows) ->
            printed.add(
                new Panel(
                    setting,
                    rows.entrySet().stream()
                        .map(row -> new Panel.Row(heads(row.getKey()), row.getValue()))
                        .toList())));
    printed.add(claims());
    return new Table(
        "comparison",
        "Our results beside published ones",
        List.of("method", "backbone", "source"),
        DATASETS.stream().map(PublishedNames::ofDataset).toList(),
        printed,
        notes(),
        RECORD_KEYS,
        records);
  }

  private static List<String> heads(Row row) {
    return List.of(row.method(), row.backbone(), row.kind());
  }

  private void published() {
    Map<String, Map<Row, Map<String, List<PublishedResult>>>> grouped = new LinkedHashMap<>();
    for (PublishedResult result : PublishedResult.all()) {
      Row row =
          new Row(
              result.method() + " (" + (result.venue() + " " + result.year()).strip() + ")",
              result.backbone(),
              kind(result.kind()));
      grouped
          .computeIfAbsent(result.setting(), it -> new LinkedHashMap<>())
          .computeIfAbsent(row, it -> new LinkedHashMap<>())
          .computeIfAbsent(result.dataset(), it -> new ArrayList<>())
          .add(result);
      record(result);
    }
    grouped.forEach(
        (setting, rows) ->
            rows.forEach(
                (row, byDataset) ->
                    panel(setting)
                        .put(
                            row,
                            DATASETS.stream()
                                .map(it -> cell(byDataset.getOrDefault(it, List.of())))
                                .toList())));
  }

  private Map<Row, List<Cell>> panel(String setting) {
    return panels.computeIfAbsent(setting, it -> new LinkedHashMap<>());
  }

  private static String kind(PublishedResult.Kind kind) {
    return kind == PublishedResult.Kind.REIMPLEMENTATION ? "published code" : "published";
  }

  /** Returns the values that sources give, each with the number of its source. */
  private Cell cell(List<PublishedResult> values) {
    if (values.isEmpty()) {
      return Cell.missing("");
    }
    values.forEach(value -> sources.add(value.source()));
    List<String> order = List.copyOf(sources);
    return Cell.of(
        values.stream()
            .map(
                value ->
                    value.top1()
                        + (value.kind() == PublishedResult.Kind.SECONDARY ? SECONDARY_MARK : ""))
            .collect(Collectors.joining(" / ")),
        values.stream()
            .map(value -> "[" + (order.indexOf(value.source()) + 1) + "]")
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  private void ours(Comparison comparison) {
    for (Comparison.Part part : comparison.parts()) {
      for (Comparison.Row row : part.rows()) {
        if (!row.trials().isEmpty()) {
          ours(part, row);
        }
      }
    }
  }

  private void ours(Comparison.Part part, Comparison.Row row) {
    SortedMap<String, String> settings = row.trials().get(0).settings();
    SortedMap<String, String> name = new TreeMap<>(part.settings());
    name.putAll(row.settings());
    Row head =
        new Row(
            name.isEmpty() ? "finegrain" : "finegrain, " + PublishedNames.assignments(name),
            PublishedNames.ofValue("model.depth", settings.getOrDefault("model.depth", "")),
            "ours");
    List<Cell> cells = new ArrayList<>();
    for (String dataset : DATASETS) {
      cells.add(ours(head, settings, row.trials(), dataset));
    }
    panel(setting(settings)).put(head, cells);
  }

  private Cell ours(
      Row head, SortedMap<String, String> settings, List<Trial> trials, String dataset) {
    List<Column> columns =
        results.columns(trials).stream().filter(it -> it.dataset().equals(dataset)).toList();
    Optional<Column> whole =
        columns.stream()
            .filter(it -> results.datasets().containsKey(it))
            .filter(it -> results.datasets().get(it).isFull())
            .findFirst();
    Optional<Summary> summary =
        whole.flatMap(column -> SeedGroup.of(trials, column, results).summary());
    String reason =
        columns.isEmpty()
            ? "not planned"
            : whole.isEmpty() ? "not the full dataset" : "no result yet";
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    RECORD_KEYS.forEach(key -> record.put(key, null));
    record.put("setting", setting(settings));
    record.put("method", head.method());
    record.put("backbone", head.backbone());
    record.put("kind", "ours");
    record.put("dataset", dataset);
    record.put("top1", summary.map(Summary::mean).orElse(null));
    record.put("std", summary.filter(Summary::hasSpread).map(Summary::std).orElse(null));
    record.put("n", summary.map(Summary::n).orElse(0));
    record.put("reason", summary.isPresent() ? null : reason);
    records.add(record);
    return summary.map(LiteratureTable::cell).orElseGet(() -> Cell.missing(reason));
  }

  private static Cell cell(Summary summary) {
    String mean = Percent.of(summary.mean());
    return Cell.of(
        summary.hasSpread() ? mean + " ± " + Percent.of(summary.std()) : mean,
        "n = " + summary.n());
  }

  /** Returns the setting of our trials in the words of {@link PublishedResult#setting}. */
  private static String setting(SortedMap<String, String> settings) {
    boolean random = settings.getOrDefault("model.weights.sha256", "none").equals("none");
    return (random ? "From random weights" : "From given weights")
        + ", "
        + settings.getOrDefault("augmentation.image-size", "?")
        + " px";
  }

  private void record(PublishedResult result) {
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    record.put("setting", result.setting());
    record.put("method", result.method());
    record.put("year", result.year().isEmpty() ? null : Integer.valueOf(result.year()));
    record.put("venue", result.venue());
    record.put("backbone", result.backbone());
    record.put("kind", result.kind().name().toLowerCase(Locale.ROOT));
    record.put("dataset", result.dataset());
    record.put("top1", Double.parseDouble(result.top1()) / 100);
    record.put("std", null);
    record.put("n", null);
    record.put("reason", null);
    record.put("annotations", result.annotations());
    record.put("source", result.source());
    record.put("note", result.note());
    records.add(record);
  }

  /** Returns the panel of what is claimed for AAM, which is a gain and not an accuracy. */
  private static Panel claims() {
    return new Panel(
        "Claimed for AAM: the gain over the best method that the paper compares, in points. Neither"
            + " the methods nor the start nor an accuracy is known",
        List.of(
            new Panel.Row(
                List.of("AAM (JAIHC 2021)", "not stated", "a reading note of the paper"),
                CLAIMED_GAINS.stream().map(Cell::of).toList())));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Top-1 accuracy on the test split in percent. Compare within a panel alone: the start of the"
            + " training and the input size change an accuracy by more than most methods do.");
    notes.add(
        SECONDARY_MARK
            + " A source repeats what others published. Published code: somebody other than the authors"
            + " measured it. Several values come from several runs or sources.");
    notes.add(
        "Stanford Dogs is a part of ImageNet, so networks pre-trained on ImageNet may have seen its"
            + " test images.");
    notes.add("Ours: mean ± sample standard deviation over n seeds, on full datasets alone.");
    int number = 1;
    for (String source : sources) {
      notes.add("[" + number + "] " + source);
      number++;
    }
    return notes;
  }

  /** Returns the order of the panels: random starts first, and what is not stated last. */
  private static Comparator<String> bySetting() {
    List<String> order = List.of("From random", "From given", "Pre-trained", "Start not");
    return Comparator.comparingInt(
            (String setting) ->
                (int) order.stream().takeWhile(begin -> !setting.startsWith(begin)).count())
        .thenComparing(setting -> setting.contains("not stated"))
        .thenComparing(Comparator.naturalOrder());
  }
}
