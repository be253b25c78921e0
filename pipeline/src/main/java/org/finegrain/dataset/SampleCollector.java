package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers the images that a layout lists, refuses two with one id or one path, and makes the
 * samples of them.
 */
final class SampleCollector {
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> paths = new HashMap<>();
  private final List<Listed> images = new ArrayList<>();

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

  /**
   * Adds an image.
   *
   * @param place of its file in the layout, ending in {@code /}
   * @param listed path of the file relative to {@code place}
   */
  void add(
      ListRow row,
      String imageId,
      String place,
      String listed,
      int label,
      Split split,
      BoxSource box) {
    refuseSecond(row, rows.putIfAbsent(imageId, row), "image", imageId);
    refuseSecond(row, paths.putIfAbsent(place + listed, row), "path", place + listed);
    images.add(new Listed(row, imageId, place, listed, label, split, box));
  }

  private record Listed(
      ListRow row,
      String imageId,
      String place,
      String listed,
      int label,
      Split split,
      BoxSource box) {}

  /** Finds the files of the images, reads their boxes, and notes what there is not. */
  OriginalDataset dataset(
      DatasetFolder folder, String name, List<String> classNames, int bannerRows)
      throws IOException {
    Map<String, ListedFiles> places = places(folder);
    List<Sample> samples = new ArrayList<>();
    List<BadBox> badBoxes = new ArrayList<>();
    Map<String, Long> sizes = new HashMap<>();
    Map<String, ListRow> found = new HashMap<>();
    images.sort(Comparator.comparing(Listed::imageId));
    for (Listed image : images) {
      ListedFiles files = places.get(image.place);
      String path = files.path(image.listed);
      refuseSecond(image.row, found.putIfAbsent(path, image.row), "file", path);
      files.size(image.listed).ifPresent(size -> sizes.put(path, size));
      BoundingBox box = null;
      try {
        box = image.box.read();
      } catch (DataException e) { // costs nothing but the box
        badBoxes.add(new BadBox(path, e.getMessage()));
      }
      samples.add(new Sample(image.imageId, path, image.label, image.split, box));
    }
    badBoxes.sort(null);
    return new OriginalDataset(
        name,
        List.copyOf(classNames),
        List.copyOf(samples),
        bannerRows,
        List.copyOf(badBoxes),
        Map.copyOf(sizes));
  }

  private Map<String, ListedFiles> places(DatasetFolder folder) throws IOException {
    Map<String, List<String>> listed = new TreeMap<>();
    for (Listed image : images) {
      listed.computeIfAbsent(image.place, place -> new ArrayList<>()).add(image.listed);
    }
    Map<String, ListedFiles> places = new HashMap<>();
    for (Map.Entry<String, List<String>> place : listed.entrySet()) {
      places.put(place.getKey(), ListedFiles.find(folder, place.getKey(), place.getValue()));
    }
    return places;
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
