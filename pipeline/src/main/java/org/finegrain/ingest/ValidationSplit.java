package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.finegrain.dataset.Sample;
import org.finegrain.dataset.Split;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The choice of the validation split from the train images, class by class: {@code round(fraction ·
 * n)} of a class's n images, at least one if there are two, and never all. Each image draws a
 * number from (seed, image id), and the lowest numbers are chosen. So neither order nor partitions
 * matter.
 */
final class ValidationSplit {
  private final double fraction;
  private final long seed;

  ValidationSplit(double fraction, long seed) {
    this.fraction = fraction;
    this.seed = seed;
  }

  /** Returns the ids of the train images that become validation images. */
  Set<String> choose(Collection<Sample> samples) {
    Map<Integer, List<String>> byLabel = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.split() == Split.TRAIN) {
        byLabel.computeIfAbsent(sample.label(), label -> new ArrayList<>()).add(sample.imageId());
      }
    }
    Set<String> chosen = new HashSet<>();
    for (List<String> ids : byLabel.values()) {
      ids.sort(Comparator.comparingLong(this::draw).thenComparing(Comparator.naturalOrder()));
      chosen.addAll(ids.subList(0, size(ids.size())));
    }
    return chosen;
  }

  private long draw(String imageId) {
    return Seeds.mix(seed, Purpose.SPLIT, imageId);
  }

  private int size(int images) {
    if (fraction == 0 || images < 2) {
      return 0;
    }
    return (int) Math.min(Math.max(1, Math.round(fraction * images)), images - 1);
  }
}
