package org.finegrain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The comparisons that the spaces of the sweeps ask for. The axes of a named space are the rows of
 * one comparison. The grid of {@code sweep.axes} gives one for η and one for k, if they vary, and
 * one for whatever else varies.
 */
final class Comparisons {
  /** The name of the space that {@code sweep.axes} spans. */
  static final String GRID = "axes";

  private static final String UNSET = "not set";
  private static final Set<String> RESERVED =
      Set.of("datasets", "accuracy", "comparison", "classes", "confusions", "cost");

  private final Results results;
  private final Set<String> names = new LinkedHashSet<>(RESERVED);
  private final List<Comparison> comparisons = new ArrayList<>();

  private Comparisons(Results results) {
    this.results = results;
  }

  /** Returns the comparisons of all sweeps, in the order of the plans. */
  static List<Comparison> of(Results results) {
    return new Comparisons(results).build();
  }

  private List<Comparison> build() {
    Set<String> spaces = new LinkedHashSet<>();
    results.trials().forEach(trial -> spaces.addAll(trial.spaces().keySet()));
    for (String space : spaces) {
      List<Trial> trials =
          results.trials().stream().filter(trial -> trial.spaces().containsKey(space)).toList();
      if (space.equals(GRID)) {
        grid(trials);
      } else {
        comparisons.add(ofSpace(space, trials));
      }
    }
    return comparisons;
  }

  private void grid(List<Trial> trials) {
    SortedSet<String> varying = Results.varyingKeys(trials);
    SortedSet<String> others = new TreeSet<>(varying);
    for (String key : List.of(PublishedNames.ETA, PublishedNames.K)) {
      if (others.remove(key)) {
        String title = "Accuracy for each " + PublishedNames.ofKey(key);
        String name = unique(key.substring(key.lastIndexOf('.') + 1));
        comparisons.add(byKeys(name, title, trials, List.of(key), varying));
      }
    }
    if (varying.isEmpty() || !others.isEmpty()) {
      comparisons.add(
          byKeys(
              "accuracy", "Accuracy of each configuration", trials, List.copyOf(varying), varying));
    }
  }

  /** Returns the comparison of values of configuration keys; the other varying ones make panels. */
  private static Comparison byKeys(
      String name,
      String title,
      List<Trial> trials,
      List<String> rowKeys,
      SortedSet<String> varying) {
    List<String> panelKeys = varying.stream().filter(key -> !rowKeys.contains(key)).toList();
    return new Comparison(
        name,
        title,
        rowKeys,
        panelKeys,
        parts(trials, panelKeys, trial -> settings(trial, rowKeys), byValue()));
  }

  /**
   * Returns the comparison of the values of a space's axes. Where sweeps with different settings
   * have a space of this name, each of them makes a panel.
   */
  private Comparison ofSpace(String space, List<Trial> trials) {
    Set<String> axes = new LinkedHashSet<>();
    trials.forEach(trial -> axes.addAll(trial.spaces().get(space).keySet()));
    List<String> rowKeys = List.copyOf(axes);
    List<String> panelKeys = List.copyOf(keysBetweenSweeps(trials));
    String heads = rowKeys.stream().map(PublishedNames::ofKey).collect(Collectors.joining(", "));
    String title = heads.isEmpty() ? "Accuracy" : "Accuracy for each " + heads;
    return new Comparison(
        unique(fileName(space)),
        title,
        rowKeys,
        panelKeys,
        parts(trials, panelKeys, trial -> values(trial, space, rowKeys), byPlan(space, trials)));
  }

  /** Returns the keys that differ between sweeps, and do not vary within any of them. */
  private static SortedSet<String> keysBetweenSweeps(List<Trial> trials) {
    SortedSet<String> keys = new TreeSet<>(Results.varyingKeys(trials));
    trials.stream()
        .collect(Collectors.groupingBy(Trial::sweep))
        .values()
        .forEach(ofOneSweep -> keys.removeAll(Results.varyingKeys(ofOneSweep)));
    return keys;
  }

  private static Map<SortedMap<String, String>, List<Trial>> group(
      List<Trial> trials,
      Function<Trial, SortedMap<String, String>> by,
      Comparator<SortedMap<String, String>> order) {
    Map<SortedMap<String, String>, List<Trial>> groups = new TreeMap<>(order);
    trials.forEach(
        trial -> groups.computeIfAbsent(by.apply(trial), it -> new ArrayList<>()).add(trial));
    return groups;
  }

  /**
   * Returns the panels.
   *
   * @param row returns what the row of a trial is compared by
   * @param order the order of the rows
   */
  private static List<Comparison.Part> parts(
      List<Trial> trials,
      List<String> panelKeys,
      Function<Trial, SortedMap<String, String>> row,
      Comparator<SortedMap<String, String>> order) {
    List<Comparison.Part> parts = new ArrayList<>();
    group(trials, trial -> settings(trial, panelKeys), byValue())
        .forEach(
            (panel, members) -> {
              List<Comparison.Row> rows = new ArrayList<>();
              group(members, row, order)
                  .forEach((settings, ofRow) -> rows.add(new Comparison.Row(settings, ofRow)));
              parts.add(new Comparison.Part(panel, rows));
            });
    return parts;
  }

  private static SortedMap<String, String> settings(Trial trial, List<String> keys) {
    SortedMap<String, String> settings = new TreeMap<>();
    keys.forEach(key -> settings.put(key, trial.settings().getOrDefault(key, UNSET)));
    return settings;
  }

  /** Returns axis → value of a trial; an axis that means nothing for it has no value. */
  private static SortedMap<String, String> values(Trial trial, String space, List<String> axes) {
    SortedMap<String, String> values = new TreeMap<>();
    axes.forEach(axis -> values.put(axis, trial.spaces().get(space).getOrDefault(axis, "–")));
    return values;
  }

  private static Comparator<SortedMap<String, String>> byValue() {
    return Comparator.comparing(
        settings -> List.copyOf(settings.values()), Comparisons::compareValues);
  }

  private static int compareValues(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = PublishedNames.BY_VALUE.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Returns the order in which the plans list the values of each axis, which the user chose. */
  private Comparator<SortedMap<String, String>> byPlan(String space, List<Trial> trials) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (Sweep sweep : results.sweeps()) {
      sweep
          .axes()
          .getOrDefault(space, Map.of())
          .forEach(
              (axis, values) ->
                  values.forEach(value -> places.putIfAbsent(axis + "\n" + value, places.size())));
    }
    for (Trial trial : trials) {
      trial
          .spaces()
          .get(space)
          .forEach((axis, value) -> places.putIfAbsent(axis + "\n" + value, places.size()));
    }
    return Comparator.comparing(
        (SortedMap<String, String> values) -> {
          List<Integer> order = new ArrayList<>();
          values.forEach((axis, value) -> order.add(places.getOrDefault(axis + "\n" + value, -1)));
          return order;
        },
        Comparisons::compareNumbers);
  }

  private static int compareNumbers(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return Integer.compare(a.get(i), b.get(i));
      }
    }
    return 0;
  }

  private String unique(String name) {
    String unique = name.isEmpty() ? "space" : name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    names.add(DifferenceTable.nameFor(unique));
    return unique;
  }

  /** Returns a name in letters, digits and dashes, which any file system and any address allow. */
  static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
