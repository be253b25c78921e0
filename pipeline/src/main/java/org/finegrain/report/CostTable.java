package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.finegrain.environment.MachineKind;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * The table of what the results cost: speed and core hours by network. Each kind of machine with
 * its executors is a panel of its own, because speeds of different ones cannot be compared.
 */
final class CostTable {
  private static final List<String> COLUMNS =
      List.of(
          "runs",
          "parameters",
          "multiply-adds",
          "img/s",
          "hours a run",
          "core hours a run",
          "core hours");
  private static final List<String> RECORD_KEYS =
      List.of(
          "network",
          "machine",
          "executors",
          "runs-counted",
          "parameters",
          "multiply-adds",
          "images-per-second",
          "hours",
          "core-hours",
          "runs");
  private static final double SECONDS_PER_HOUR = 3600;

  /** The start of a configuration key that decides what a network is or what a step computes. */
  private static final List<String> NETWORK_KEYS =
      List.of("model.", "augmentation.image-size", "train.batch-size", "train.micro-batch-size");

  private static final Set<String> NO_NETWORK_KEYS =
      Set.of("model.weights.path", "model.weights.sha256");

  private final Map<String, Map<String, List<Trial>>> byMachine = new LinkedHashMap<>();
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();

  private CostTable(Results results) {
    SortedSet<String> keys = new TreeSet<>(results.varyingKeys());
    keys.removeIf(
        key -> NO_NETWORK_KEYS.contains(key) || NETWORK_KEYS.stream().noneMatch(key::startsWith));
    for (Trial trial : results.trials()) {
      if (trial.outcome().isPresent()) {
        String network = PublishedNames.assignments(Results.settings(trial, keys));
        byMachine
            .computeIfAbsent(place(trial), it -> new LinkedHashMap<>())
            .computeIfAbsent(network.isEmpty() ? "all" : network, it -> new ArrayList<>())
            .add(trial);
      }
    }
  }

  /** Makes the table; empty where no run has ended. */
  static Optional<Table> of(Results results) {
    return new CostTable(results).build();
  }

  private Optional<Table> build() {
    if (byMachine.isEmpty()) {
      return Optional.empty();
    }
    List<Panel> panels = new ArrayList<>();
    byMachine.forEach(
        (place, byNetwork) -> {
          List<Panel.Row> rows = new ArrayList<>();
          byNetwork.forEach(
              (network, trials) -> {
                rows.add(new Panel.Row(List.of(network), cells(trials)));
                records.add(record(network, trials));
              });
          panels.add(new Panel(place, rows));
        });
    return Optional.of(
        new Table(
            "cost",
            "What the runs cost, by network",
            List.of("network"),
            COLUMNS,
            panels,
            List.of(
                "img/s: images trained on in a second, the median over runs. Hours are those of whole"
                    + " runs with validation and test, core hours the same times the cores of all"
                    + " executors; the last column is their sum. Each kind of machine is a panel: compare"
                    + " within one alone."),
            RECORD_KEYS,
            records));
  }

  /** Returns where a run ran, in words. */
  private static String place(Trial trial) {
    RunCircumstances run = trial.circumstances();
    return run.machine().map(MachineKind::text).orElse("machine not known")
        + run.executors().map(it -> ", executors: " + it.text()).orElse("");
  }

  private static List<Cell> cells(List<Trial> trials) {
    return List.of(
        Cell.of(Integer.toString(trials.size())),
        counts(trials.stream().map(it -> it.outcome().orElseThrow().parameters()).toList()),
        counts(multiplyAdds(trials)),
        number("%.1f", speed(trials)),
        number("%.2f", hours(trials).map(hours -> hours / trials.size())),
        number("%.2f", coreHours(trials).map(hours -> hours / trials.size())),
        number("%.1f", coreHours(trials)));
  }

  /** Returns counts that differ by the number of classes alone as one range. */
  private static Cell counts(List<Long> counts) {
    Set<String> texts = new LinkedHashSet<>();
    counts.stream().sorted().map(Magnitude::of).forEach(texts::add);
    List<String> ordered = List.copyOf(texts);
    return switch (ordered.size()) {
      case 0 -> Cell.missing("not known");
      case 1 -> Cell.of(ordered.get(0));
      default -> Cell.of(ordered.get(0) + " to " + ordered.get(ordered.size() - 1));
    };
  }

  private static Cell number(String form, Optional<Double> value) {
    return value
        .map(number -> Cell.of(String.format(Locale.ROOT, form, number)))
        .orElse(Cell.missing("not known"));
  }

  private static List<Long> multiplyAdds(List<Trial> trials) {
    return trials.stream()
        .map(trial -> trial.outcome().orElseThrow().multiplyAdds())
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .toList();
  }

  private static Optional<Double> speed(List<Trial> trials) {
    double[] speeds =
        trials.stream()
            .mapToDouble(trial -> trial.outcome().orElseThrow().imagesPerSecond())
            .filter(Double::isFinite)
            .toArray();
    return speeds.length == 0 ? Optional.empty() : Optional.of(new Median().evaluate(speeds));
  }

  private static Optional<Double> hours(List<Trial> trials) {
    double seconds =
        trials.stream().mapToDouble(trial -> trial.outcome().orElseThrow().seconds()).sum();
    return Double.isFinite(seconds) ? Optional.of(seconds / SECONDS_PER_HOUR) : Optional.empty();
  }

  private static Optional<Double> coreHours(List<Trial> trials) {
    return trials
        .get(0)
        .circumstances()
        .executors()
        .flatMap(executors -> hours(trials).map(hours -> hours * executors.cores()));
  }

  private static LinkedHashMap<String, Object> record(String network, List<Trial> trials) {
    RunCircumstances run = trials.get(0).circumstances();
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    record.put("network", network);
    record.put("machine", run.machine().map(MachineKind::text).orElse(null));
    record.put("executors", run.executors().map(RunCircumstances.Executors::text).orElse(null));
    record.put("runs-counted", trials.size());
    record.put("parameters", trials.get(0).outcome().orElseThrow().parameters());
    record.put("multiply-adds", multiplyAdds(trials).stream().findFirst().orElse(null));
    record.put("images-per-second", speed(trials).orElse(null));
    record.put("hours", hours(trials).orElse(null));
    record.put("core-hours", coreHours(trials).orElse(null));
    record.put("runs", new SeedGroup(trials).runs());
    return record;
  }
}
