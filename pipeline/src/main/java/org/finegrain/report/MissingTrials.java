package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The trials of a table that have no score, grouped by dataset and reason. */
final class MissingTrials {
  private final Comparison comparison;
  private final Map<String, List<String>> placesByReason = new LinkedHashMap<>();

  MissingTrials(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Adds the trials of a cell that have no score. */
  void add(Comparison.Part part, int row, Column column, SeedGroup group) {
    for (Trial trial : group.missing()) {
      String place =
          Stream.of(
                  PublishedNames.assignments(part.settings()),
                  comparison.nameOf(part.rows().get(row)),
                  "seed " + trial.seed())
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", "));
      placesByReason
          .computeIfAbsent(column.title() + ", " + trial.reason(), reason -> new ArrayList<>())
          .add(place);
    }
  }

  /** Returns a sentence for each dataset and reason. */
  List<String> sentences() {
    return placesByReason.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "Missing on %s: %s.",
                    entry.getKey(),
                    String.join("; ", entry.getValue())))
        .toList();
  }
}
