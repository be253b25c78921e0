package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Image files with equal bytes that belong to several splits or have several labels. If a test
 * image is also a train image, scores are too high.
 *
 * @param paths the paths of the original files, sorted
 * @param splits the folders of the splits to which they belong, sorted
 * @param labels their labels, sorted
 */
public record Duplicate(List<String> paths, List<String> splits, List<Integer> labels) {
  /** An image file that may have duplicates. */
  record Occurrence(String sha256, String path, String split, int label) {}

  /** Returns the duplicates among some images, in the order of their first paths. */
  static List<Duplicate> among(Iterable<Occurrence> images) {
    TreeMap<String, List<Occurrence>> bySha256 = new TreeMap<>();
    for (Occurrence image : images) {
      bySha256.computeIfAbsent(image.sha256, key -> new ArrayList<>(1)).add(image);
    }
    TreeMap<String, Duplicate> byPath = new TreeMap<>();
    for (List<Occurrence> equal : bySha256.values()) {
      Duplicate duplicate = of(equal);
      if (duplicate.acrossSplits() || duplicate.acrossLabels()) {
        byPath.put(duplicate.paths.get(0), duplicate);
      }
    }
    return List.copyOf(byPath.values());
  }

  private static Duplicate of(List<Occurrence> equal) {
    return new Duplicate(
        List.copyOf(new TreeSet<>(equal.stream().map(Occurrence::path).toList())),
        List.copyOf(new TreeSet<>(equal.stream().map(Occurrence::split).toList())),
        List.copyOf(new TreeSet<>(equal.stream().map(Occurrence::label).toList())));
  }

  /** Returns whether the files belong to several splits. */
  public boolean acrossSplits() {
    return splits.size() > 1;
  }

  /** Returns whether the files have several labels. */
  public boolean acrossLabels() {
    return labels.size() > 1;
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (acrossSplits()) {
      words.add(String.join(" and ", splits));
    }
    if (acrossLabels()) {
      words.add("labels " + String.join(", ", labels.stream().map(String::valueOf).toList()));
    }
    return String.join(" = ", paths) + " (" + String.join("; ", words) + ")";
  }
}
