package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The provenance of the results: the fields of all trials, with equal values listed once. */
final class Provenance {
  private static final int MAX_VALUES = 8;

  /** Fields that differ from trial to trial, and that other parts of the page show. */
  private static final Set<String> FIELDS_OF_ONE_TRIAL =
      Set.of(
          "run-id",
          "dataset",
          "seed",
          "data",
          "data-fingerprint",
          "start",
          "end",
          "outcome",
          "after-epoch",
          "after-step");

  private Provenance() {}

  /** Returns field → its values; where they differ, each with the number of trials that have it. */
  static SortedMap<String, List<String>> of(List<Trial> trials) {
    SortedMap<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Trial trial : trials) {
      trial
          .provenance()
          .forEach(
              (field, value) -> {
                if (!FIELDS_OF_ONE_TRIAL.contains(field)) {
                  count(counts, field, value);
                }
              });
    }
    SortedMap<String, List<String>> fields = new TreeMap<>();
    counts.forEach((field, values) -> fields.put(field, texts(values)));
    return fields;
  }

  private static void count(
      SortedMap<String, Map<String, Integer>> counts, String field, String value) {
    counts.computeIfAbsent(field, f -> new LinkedHashMap<>()).merge(value, 1, Integer::sum);
  }

  private static List<String> texts(Map<String, Integer> values) {
    if (values.size() == 1) {
      return List.copyOf(values.keySet());
    }
    List<String> texts = new ArrayList<>();
    values.forEach(
        (value, trials) -> {
          if (texts.size() < MAX_VALUES) {
            texts.add(
                String.format(
                    Locale.ROOT, "%s (%d %s)", value, trials, trials == 1 ? "trial" : "trials"));
          }
        });
    if (values.size() > MAX_VALUES) {
      texts.add(String.format(Locale.ROOT, "and %d more", values.size() - MAX_VALUES));
    }
    return texts;
  }
}
