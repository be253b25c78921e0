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
 * The collector of the images that a layout lists. It refuses two images with the same id or path,
 * and makes the dataset's samples.
 */
final class SampleCollector {
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> paths = new HashMap<>();
  private final List<ListedImage> images = new ArrayList<>();

  /** The source of the box of one image. */
  @FunctionalInterface
  interface BoxSource {
    /** The source for a layout or an image without boxes. */
    BoxSource NONE = () -> null;

    /**
     * Reads the box.
     *
     * @return the box, or null if there is none
     * @throws DataException if there should be a box, but it cannot be read
     */
    BoundingBox read() throws IOException;
  }

  /**
   * Adds an image.
   *
   * @param row the row that lists it, for messages
   * @param place the folder of its file in the layout, ending in {@code /}
   * @param listed the path of the file, relative to {@code place}
   * @throws DataException if an image with this id or path was added before
   */
  void add(
      ListRow row,
      String imageId,
      String place,
      String listed,
      int label,
      Split split,
      BoxSource box) {
    refuseRepeated(row, rows.putIfAbsent(imageId, row), "image", imageId);
    refuseRepeated(row, paths.putIfAbsent(place + listed, row), "path", place + listed);
    images.add(new ListedImage(row, imageId, place, listed, label, split, box));
  }

  private record ListedImage(
      ListRow row,
      String imageId,
      String place,
      String listed,
      int label,
      Split split,
      BoxSource box) {}

  /**
   * Finds the files of the images, reads their boxes, and returns the dataset. Missing files and
   * boxes are not an error here.
   */
  OriginalDataset dataset(
      DatasetFolder folder, String name, List<String> classNames, int bannerRows)
      throws IOException {
    Map<String, ListedFiles> places = places(folder);
    List<Sample> samples = new ArrayList<>();
    List<BadBox> badBoxes = new ArrayList<>();
    Map<String, Long> sizes = new HashMap<>();
    Map<String, ListRow> found = new HashMap<>();
    images.sort(Comparator.comparing(ListedImage::imageId));
    for (ListedImage image : images) {
      ListedFiles files = places.get(image.place);
      String path = files.path(image.listed);
      refuseRepeated(image.row, found.putIfAbsent(path, image.row), "file", path);
      files.size(image.listed).ifPresent(size -> sizes.put(path, size));
      BoundingBox box = null;
      try {
        box = image.box.read();
      } catch (DataException e) { // only the box is lost
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
    for (ListedImage image : images) {
      listed.computeIfAbsent(image.place, place -> new ArrayList<>()).add(image.listed);
    }
    Map<String, ListedFiles> places = new HashMap<>();
    for (Map.Entry<String, List<String>> place : listed.entrySet()) {
      places.put(place.getKey(), ListedFiles.find(folder, place.getKey(), place.getValue()));
    }
    return places;
  }

  private static void refuseRepeated(ListRow row, ListRow first, String kind, String value) {
    if (first != null) {
      throw row.fault(
          String.format(
              Locale.ROOT,
              "the %s %s is listed twice, first at %s:%d",
              kind,
              value,
              first.file(),
              first.number()));
    }
  }
}
