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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.finegrain.report.table.Cell;

/**
 * The columns of an accuracy table that say what the network of each row costs beside the network
 * without attention: parameters and multiply-adds added, and the relative speed of training.
 */
final class NetworkCost {
  static final List<String> HEADS =
      List.of("parameters added", "multiply-adds added", "relative img/s");

  /** The fields of records that hold counts. */
  static final List<String> COUNT_KEYS =
      List.of("parameters", "parameters-added", "multiply-adds", "multiply-adds-added");

  /**
   * The fields that hold measured speeds. Records have them only where the table shows speeds, so
   * that equal results give equal records elsewhere.
   */
  static final List<String> SPEED_KEYS = List.of("images-per-second", "relative-speed");

  private final PanelTests panel;

  NetworkCost(PanelTests panel) {
    this.panel = panel;
  }

  /** Returns whether all panels of a comparison have the network without attention as baseline. */
  static boolean isShown(ComparisonTests tests) {
    return tests.panels().stream().allMatch(NetworkCost::hasPlainBaseline);
  }

  private static boolean hasPlainBaseline(PanelTests panel) {
    return panel.baseline().isPresent()
        && panel.part().rows().get(panel.baseline().getAsInt()).isPlain();
  }

  private int plain() {
    return panel.baseline().orElseThrow();
  }

  /** Returns the cells of a row below {@link #HEADS}. */
  List<Cell> cells(int row) {
    return List.of(
        count(row, NetworkCost::parameters), count(row, Trial.Outcome::multiplyAdds), speed(row));
  }

  private Cell count(int row, Function<Trial.Outcome, OptionalLong> count) {
    Set<Long> counts = new LinkedHashSet<>();
    for (ColumnTests column : panel.byColumn().values()) {
      OptionalLong own = known(column.group(row), count);
      OptionalLong ofPlain = known(column.group(plain()), count);
      if (own.isPresent() && ofPlain.isPresent()) {
        counts.add(row == plain() ? own.getAsLong() : own.getAsLong() - ofPlain.getAsLong());
      }
    }
    if (counts.isEmpty()) {
      return Cell.missing("not known");
    }
    if (row == plain()) {
      return Cell.of("0", "of " + range(counts, Magnitude::of));
    }
    return Cell.of(range(counts, Magnitude::difference));
  }

  private static String range(Set<Long> counts, Function<Long, String> text) {
    List<Long> sorted = counts.stream().sorted().toList();
    String least = text.apply(sorted.get(0));
    String most = text.apply(sorted.get(sorted.size() - 1));
    return least.equals(most) ? least : least + " to " + most;
  }

  /** Returns the mean over the datasets of the speed relative to the plain network's. */
  private Cell speed(int row) {
    List<RelativeSpeed> speeds = new ArrayList<>();
    for (ColumnTests column : panel.byColumn().values()) {
      speeds.add(RelativeSpeed.of(column.group(row), column.group(plain())));
    }
    List<Double> ratios =
        speeds.stream()
            .filter(it -> it.ratio().isPresent())
            .map(it -> it.ratio().getAsDouble())
            .toList();
    if (ratios.isEmpty()) {
      return Cell.missing(
          speeds.stream().map(RelativeSpeed::reason).distinct().collect(Collectors.joining(", ")));
    }
    double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    String text = String.format(Locale.ROOT, "%.2f", mean);
    return ratios.size() == speeds.size()
        ? Cell.of(text)
        : Cell.of(text, ratios.size() + " of " + speeds.size() + " datasets");
  }

  /** Adds what the network of a row costs on one dataset to a record; null where not known. */
  void putInto(Map<String, Object> record, Column column, int row) {
    ColumnTests tests = panel.byColumn().get(column);
    SeedGroup group = tests.group(row);
    Optional<SeedGroup> plain =
        hasPlainBaseline(panel) ? Optional.of(tests.group(plain())) : Optional.empty();
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "parameters", group, plain, NetworkCost::parameters);
    put(fields, "multiply-adds", group, plain, Trial.Outcome::multiplyAdds);
    if (plain.isPresent()) {
      fields.put("images-per-second", RelativeSpeed.medianOf(group));
      RelativeSpeed speed = RelativeSpeed.of(group, plain.get());
      fields.put("relative-speed", speed.ratio().isPresent() ? speed.ratio().getAsDouble() : null);
    }
    record.putAll(fields);
  }

  private static void put(
      Map<String, Object> fields,
      String name,
      SeedGroup group,
      Optional<SeedGroup> plain,
      Function<Trial.Outcome, OptionalLong> count) {
    OptionalLong own = known(group, count);
    OptionalLong ofPlain = plain.map(it -> known(it, count)).orElse(OptionalLong.empty());
    fields.put(name, own.isPresent() ? own.getAsLong() : null);
    fields.put(
        name + "-added",
        own.isPresent() && ofPlain.isPresent() ? own.getAsLong() - ofPlain.getAsLong() : null);
  }

  private static OptionalLong parameters(Trial.Outcome outcome) {
    return OptionalLong.of(outcome.parameters());
  }

  /** Returns the count that the networks of a group have in common. */
  private static OptionalLong known(SeedGroup group, Function<Trial.Outcome, OptionalLong> count) {
    return group.scored().stream()
        .flatMap(trial -> trial.outcome().stream())
        .map(count)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
