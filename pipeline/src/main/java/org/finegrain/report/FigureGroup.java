package org.finegrain.report;

import java.util.Map;
import org.finegrain.report.figure.Figure;

/**
 * Figures of one kind, which have one heading on the page.
 *
 * @param title the heading
 * @param figures the dataset that a figure shows → the figure; the only figure of a group may have
 *     an empty key
 */
record FigureGroup(String title, Map<String, Figure> figures) {
  /** Makes the group of a single figure, which shows all datasets. */
  static FigureGroup of(String title, Figure figure) {
    return new FigureGroup(title, Map.of("", figure));
  }

  /** Returns the title of one of the figures, which says its dataset too. */
  String titleOf(String dataset) {
    return dataset.isEmpty() ? title : title + ": " + dataset;
  }

  /** Returns whether the group has no figure. */
  boolean isEmpty() {
    return figures.isEmpty();
  }
}
