package org.finegrain.report.statistics;

import java.util.Arrays;
import java.util.List;

/** Builds layouts for tests. */
final class Layouts {
  private Layouts() {}

  /** Returns a layout on 1,000 images. */
  static OneWayLayout of(List<List<Integer>> rows) {
    return OneWayLayout.of(
        rows.stream()
            .map(row -> row.stream().map(count -> new Hits(count, 1000)).toList())
            .toList());
  }

  /** Returns a row of counts, one for each seed. */
  static List<Integer> row(Integer... counts) {
    return Arrays.asList(counts);
  }
}
