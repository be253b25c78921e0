package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the publishers of a dataset say it holds. */
public record OfficialCounts(int classes, int train, int test) {
  /**
   * @throws DataException if there is no such dataset
   */
  public static OfficialCounts of(String dataset) {
    return DatasetManifest.of(dataset).official();
  }

  /**
   * In what {@code dataset} differs, as a sentence; empty if in nothing. A part of a dataset is no
   * error, but no result got on it is a benchmark result.
   */
  public Optional<String> difference(OriginalDataset dataset) {
    List<String> differences = new ArrayList<>();
    compare(differences, "classes", dataset.classNames().size(), classes);
    compare(differences, "train images", dataset.count(Split.TRAIN), train);
    compare(differences, "test images", dataset.count(Split.TEST), test);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of("not the whole dataset: " + String.join(", ", differences));
  }

  private static void compare(List<String> differences, String what, long found, int official) {
    if (found != official) {
      differences.add(String.format(Locale.ROOT, "%,d of %,d %s", found, official, what));
    }
  }
}
