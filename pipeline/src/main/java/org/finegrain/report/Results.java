package org.finegrain.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The data of a report: the trials of all sweeps, each one once.
 *
 * <p>Trials are in the same column only if their data are the same. Where data of different
 * fingerprints share a short name, such as a dataset and a part of it, the columns' names show the
 * fingerprints.
 */
final class Results {
  private static final List<String> DATASET_ORDER = List.of("cub", "aircraft", "cars", "dogs");
  private static final int SHORT_FINGERPRINT = 8;

  private final List<Sweep> sweeps;
  private final List<Trial> trials;
  private final List<DatasetFacts> datasets;
  private final SortedSet<String> varyingKeys;
  private final Map<List<RunPlace>, RowPredictions> predictions;
  private final Map<String, SortedSet<String>> fingerprints = new TreeMap<>();

  private Results(
      List<Sweep> sweeps,
      List<Trial> trials,
      List<DatasetFacts> datasets,
      Map<List<RunPlace>, RowPredictions> predictions) {
    this.sweeps = sweeps;
    this.predictions = predictions;
    this.trials = trials;
    this.datasets = datasets;
    this.varyingKeys = varyingKeys(trials);
    for (Trial trial : trials) {
      SortedSet<String> known =
          fingerprints.computeIfAbsent(trial.dataset(), name -> new TreeSet<>());
      if (!trial.fingerprint().isEmpty()) {
        known.add(trial.fingerprint());
      }
    }
  }

  /**
   * Merges the sweeps. Of a trial that several sweeps share, the one that has come furthest counts.
   *
   * @param ingested the sizes of ingested datasets, in addition to those that the sweeps noted
   */
  static Results of(List<Sweep> sweeps, List<DatasetFacts> ingested) {
    Map<List<String>, Trial> byId = new LinkedHashMap<>();
    Map<List<String>, DatasetFacts> facts = new LinkedHashMap<>();
    for (Sweep sweep : sweeps) {
      sweep
          .datasets()
          .forEach(dataset -> facts.put(List.of(dataset.name(), dataset.fingerprint()), dataset));
      for (Trial trial : sweep.trials()) {
        byId.merge(
            List.of(trial.id(), trial.fingerprint()),
            trial,
            (old, next) -> next.state().compareTo(old.state()) < 0 ? next : old);
      }
    }
    ingested.forEach(dataset -> facts.put(List.of(dataset.name(), dataset.fingerprint()), dataset));
    Set<String> onKnownData = new HashSet<>();
    byId.keySet().stream()
        .filter(key -> !key.get(1).isEmpty())
        .forEach(key -> onKnownData.add(key.get(0)));
    byId.keySet().removeIf(key -> key.get(1).isEmpty() && onKnownData.contains(key.get(0)));
    return new Results(sweeps, List.copyOf(byId.values()), List.copyOf(facts.values()), Map.of());
  }

  /**
   * Returns the same results with predictions: the places of a row's scored runs → its predictions.
   */
  Results with(Map<List<RunPlace>, RowPredictions> found) {
    return new Results(sweeps, trials, datasets, found);
  }

  /**
   * Returns the predictions of a row on one column: {@code
   * results.predictions(SeedGroup.of(row.trials(), column, results))}. Empty where no run of the
   * row has predictions that can be used, and for rows that are in no {@link Comparison}.
   */
  Optional<RowPredictions> predictions(SeedGroup row) {
    return Optional.ofNullable(predictions.get(row.places()));
  }

  List<Sweep> sweeps() {
    return sweeps;
  }

  List<Trial> trials() {
    return trials;
  }

  /** Returns the configuration keys whose values differ between trials. */
  SortedSet<String> varyingKeys() {
    return varyingKeys;
  }

  /** Returns the column of a trial's data. */
  Column column(Trial trial) {
    return column(trial.dataset(), trial.fingerprint());
  }

  /** Returns all columns, in the order of the paper. */
  List<Column> columns() {
    return columns(trials);
  }

  /** Returns the columns of {@code some} trials, in the order of the paper. */
  List<Column> columns(List<Trial> some) {
    return some.stream()
        .map(this::column)
        .distinct()
        .sorted(
            Comparator.comparing((Column column) -> rank(column.dataset()))
                .thenComparing(Column::id))
        .toList();
  }

  /** Returns column → the sizes of its dataset. Columns whose sizes are not known are absent. */
  Map<Column, DatasetFacts> datasets() {
    Map<Column, DatasetFacts> facts = new LinkedHashMap<>();
    for (DatasetFacts dataset : datasets) {
      SortedSet<String> known = fingerprints.get(dataset.name());
      if (known != null && (known.isEmpty() || known.contains(dataset.fingerprint()))) {
        facts.put(column(dataset.name(), dataset.fingerprint()), dataset);
      }
    }
    return facts;
  }

  /** Returns the columns that are known not to hold a whole published dataset. */
  List<Column> partialColumns() {
    Map<Column, DatasetFacts> facts = datasets();
    return columns().stream()
        .filter(column -> facts.containsKey(column) && !facts.get(column).isFull())
        .toList();
  }

  /** Returns the head of a column of accuracies, which says if the data are not whole. */
  String head(Column column) {
    String flaw = flaw(column);
    return flaw.isEmpty() ? column.title() : column.title() + ", " + flaw;
  }

  /**
   * Returns why results on the data of a column are no benchmark results: {@code synthetic} or
   * {@code partial}; empty where they are the whole published dataset, and where it is not known.
   */
  String flaw(Column column) {
    DatasetFacts facts = datasets().get(column);
    if (facts == null || facts.isFull()) {
      return "";
    }
    return facts.isSynthetic() ? "synthetic" : "partial";
  }

  /** Returns the values that a trial has for {@code keys}. */
  static SortedMap<String, String> settings(Trial trial, SortedSet<String> keys) {
    SortedMap<String, String> settings = new TreeMap<>();
    keys.forEach(key -> settings.put(key, trial.settings().getOrDefault(key, "not set")));
    return settings;
  }

  private Column column(String dataset, String fingerprint) {
    boolean ambiguous = fingerprints.getOrDefault(dataset, new TreeSet<>()).size() > 1;
    String end = fingerprint.substring(0, Math.min(SHORT_FINGERPRINT, fingerprint.length()));
    String suffix = " (" + (end.isEmpty() ? "data not known" : end) + ")";
    return Column.of(dataset, ambiguous ? suffix : "");
  }

  private static int rank(String dataset) {
    int index = DATASET_ORDER.indexOf(dataset);
    return index < 0 ? DATASET_ORDER.size() : index;
  }

  /** Returns the configuration keys whose values differ between {@code trials}. */
  static SortedSet<String> varyingKeys(List<Trial> trials) {
    Map<String, SortedSet<String>> values = new TreeMap<>();
    SortedSet<String> keys = new TreeSet<>();
    trials.forEach(trial -> keys.addAll(trial.settings().keySet()));
    for (Trial trial : trials) {
      for (String key : keys) {
        values
            .computeIfAbsent(key, k -> new TreeSet<>())
            .add(trial.settings().getOrDefault(key, ""));
      }
    }
    SortedSet<String> varying = new TreeSet<>();
    values.forEach(
        (key, found) -> {
          if (found.size() > 1) {
            varying.add(key);
          }
        });
    return varying;
  }
}
