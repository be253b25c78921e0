package org.finegrain.report;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The trials that a table or a figure compares: those of a space, in panels and rows. Rows of a
 * panel differ by what is compared and by nothing else; seeds and datasets are left together.
 *
 * @param name the name of the files
 * @param title the title of the table
 * @param rowKeys what is compared: the axes of the space
 * @param panelKeys the configuration keys that vary beside them
 */
record Comparison(
    String name, String title, List<String> rowKeys, List<String> panelKeys, List<Part> parts) {

  /**
   * The rows of one panel.
   *
   * @param settings configuration key → value that all its trials have
   */
  record Part(SortedMap<String, String> settings, List<Row> rows) {
    /** Returns all trials of the panel. */
    List<Trial> trials() {
      return rows.stream().flatMap(row -> row.trials().stream()).toList();
    }
  }

  /**
   * The trials of one row.
   *
   * @param settings axis → value, as the plan holds it
   */
  record Row(SortedMap<String, String> settings, List<Trial> trials) {
    /** Returns whether the networks of this row have no attention module. */
    boolean isPlain() {
      return trials.stream()
          .allMatch(trial -> "none".equals(trial.settings().get(PublishedNames.ATTENTION)));
    }
  }

  /** Returns all trials, each once. */
  List<Trial> trials() {
    return parts.stream().flatMap(part -> part.trials().stream()).toList();
  }

  /**
   * Returns the row that the others of a panel are compared with: the network without attention, if
   * one row is that; else, where the rows are choices and not numbers, the one that the user listed
   * first. Empty where rows differ by numbers or by several keys.
   */
  OptionalInt baseline(Part part) {
    int[] plain =
        IntStream.range(0, part.rows().size()).filter(i -> part.rows().get(i).isPlain()).toArray();
    if (plain.length == 1) {
      return OptionalInt.of(plain[0]);
    }
    return isChoice() && part.rows().size() > 1 ? OptionalInt.of(0) : OptionalInt.empty();
  }

  /** Returns the name of a row in words, such as {@code SE} or {@code η = 2}. */
  String nameOf(Row row) {
    return isChoice()
        ? PublishedNames.ofValue(rowKeys.get(0), row.settings().get(rowKeys.get(0)))
        : PublishedNames.assignments(row.settings());
  }

  /** Returns whether the rows are the values of one key, and none of them is a number. */
  private boolean isChoice() {
    return rowKeys.size() == 1
        && parts.stream()
            .flatMap(part -> part.rows().stream())
            .flatMap(row -> row.settings().values().stream())
            .noneMatch(PublishedNames::isNumber);
  }
}
