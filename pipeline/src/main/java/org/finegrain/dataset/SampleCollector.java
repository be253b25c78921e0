package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gathers the samples of a layout and refuses two with one id or one path. */
final class SampleCollector {
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> paths = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  void add(ListRow row, Sample sample) {
    refuseSecond(row, rows.putIfAbsent(sample.imageId(), row), "image", sample.imageId());
    refuseSecond(row, paths.putIfAbsent(sample.path(), row), "path", sample.path());
    samples.add(sample);
  }

  List<Sample> sorted() {
    samples.sort(Comparator.comparing(Sample::imageId));
    return List.copyOf(samples);
  }

  private static void refuseSecond(ListRow row, ListRow first, String what, String value) {
    if (first != null) {
      throw row.fault(
          String.format(
              Locale.ROOT,
              "the %s %s is listed twice, first at %s:%d",
              what,
              value,
              first.file(),
              first.number()));
    }
  }
}
