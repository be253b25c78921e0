package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Image files of equal bytes that stand in several splits or under several labels. Scores are too
 * good where a test image is a train image too.
 *
 * @param paths of the original files, sorted
 * @param splits folders of the splits that hold them, sorted
 * @param labels that they have, sorted
 */
public record Duplicate(List<String> paths, List<String> splits, List<Integer> labels) {
  /** An image file that may have others like it. */
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

  public boolean acrossSplits() {
    return splits.size() > 1;
  }

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
