package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.finegrain.environment.MachineKind;

/**
 * The circumstances of a row's scored runs, for a mark where they are mixed: a row whose seeds ran
 * under different circumstances varies by more than the seed.
 *
 * @param machines kind of machine, for a reader → the number of runs on it
 * @param replicas number of replicas → the number of runs with it
 * @param codeVersions version of finegrain → the number of runs by it
 */
record RowCircumstances(
    SortedMap<String, Integer> machines,
    SortedMap<String, Integer> replicas,
    SortedMap<String, Integer> codeVersions) {

  static RowCircumstances of(SeedGroup row) {
    List<RunCircumstances> runs = row.scored().stream().map(Trial::circumstances).toList();
    return new RowCircumstances(
        counts(runs, run -> run.machine().map(MachineKind::text)),
        counts(runs, RunCircumstances::replicas),
        counts(runs, RunCircumstances::codeVersion));
  }

  /** Counts values. Runs that do not say theirs do not count: nothing is known to differ. */
  private static SortedMap<String, Integer> counts(
      List<RunCircumstances> runs, Function<RunCircumstances, Optional<String>> value) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    runs.forEach(run -> value.apply(run).ifPresent(text -> counts.merge(text, 1, Integer::sum)));
    return counts;
  }

  /**
   * Returns what is mixed, in words that are not escaped, such as {@code replicas: 1 (2 runs); 4 (1
   * run)}; none where nothing is.
   */
  List<String> mixed() {
    List<String> mixed = new ArrayList<>();
    add(mixed, "machines", machines);
    add(mixed, "replicas", replicas);
    add(mixed, "code versions", codeVersions);
    return mixed;
  }

  private static void add(List<String> mixed, String what, Map<String, Integer> counts) {
    if (counts.size() > 1) {
      List<String> values = new ArrayList<>();
      counts.forEach(
          (value, runs) ->
              values.add(
                  String.format(
                      Locale.ROOT, "%s (%d %s)", value, runs, runs == 1 ? "run" : "runs")));
      mixed.add(what + ": " + String.join("; ", values));
    }
  }
}
