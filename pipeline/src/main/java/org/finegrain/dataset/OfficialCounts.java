package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The counts that the publishers of a dataset give.
 *
 * @param classes the number of classes
 * @param train the number of train images
 * @param test the number of test images
 */
public record OfficialCounts(int classes, int train, int test) {
  /**
   * Returns the counts of a dataset.
   *
   * @throws DataException if there is no dataset of this name
   */
  public static OfficialCounts of(String dataset) {
    return DatasetManifest.of(dataset).official();
  }

  /**
   * Returns a sentence about the differences of {@code dataset} from these counts, or nothing if
   * there are none. A part of a dataset is not an error, but a result on it is not a benchmark
   * result.
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

  private static void compare(List<String> differences, String kind, long found, int official) {
    if (found != official) {
      differences.add(String.format(Locale.ROOT, "%,d of %,d %s", found, official, kind));
    }
  }
}
