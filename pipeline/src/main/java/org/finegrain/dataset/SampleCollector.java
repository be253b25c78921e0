package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gathers the samples of a layout, refuses two with one id or one path, and notes bad boxes. */
final class SampleCollector {
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> paths = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<BadBox> badBoxes = new ArrayList<>();

  /** Reads the box of one image. */
  @FunctionalInterface
  interface BoxSource {
    /** A layout, or an image, without boxes. */
    BoxSource NONE = () -> null;

    /**
     * @return null where there is none
     * @throws DataException if there should be one, and it cannot be read
     */
    BoundingBox read() throws IOException;
  }

  /** Adds an image; a box that cannot be read is noted, and costs nothing but itself. */
  void add(ListRow row, String imageId, String path, int label, Split split, BoxSource box)
      throws IOException {
    refuseSecond(row, rows.putIfAbsent(imageId, row), "image", imageId);
    refuseSecond(row, paths.putIfAbsent(path, row), "path", path);
    samples.add(new Sample(imageId, path, label, split, read(path, box)));
  }

  private BoundingBox read(String path, BoxSource box) throws IOException {
    try {
      return box.read();
    } catch (DataException e) {
      badBoxes.add(new BadBox(path, e.getMessage()));
      return null;
    }
  }

  OriginalDataset dataset(String name, List<String> classNames, int bannerRows) {
    samples.sort(Comparator.comparing(Sample::imageId));
    badBoxes.sort(null);
    return new OriginalDataset(
        name, List.copyOf(classNames), List.copyOf(samples), bannerRows, List.copyOf(badBoxes));
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
