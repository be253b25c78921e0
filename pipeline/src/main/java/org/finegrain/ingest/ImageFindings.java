package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.Excerpt;

/**
 * The faults in a dataset's images that a user should know.
 *
 * @param quarantined missing or broken images, which an ingested dataset does not have, sorted by
 *     path
 * @param badBoxes boxes that an ingested dataset does not have, sorted by path
 * @param duplicates equal images in several splits or with several labels, sorted by path
 */
public record ImageFindings(
    List<Quarantined> quarantined, List<BadBox> badBoxes, List<Duplicate> duplicates) {
  static final ImageFindings NONE = new ImageFindings(List.of(), List.of(), List.of());

  /** Returns the number of pictures that belong to more than one split. */
  public long acrossSplits() {
    return count(Duplicate::acrossSplits);
  }

  /** Returns the number of pictures that have more than one label. */
  public long acrossLabels() {
    return count(Duplicate::acrossLabels);
  }

  private long count(Predicate<Duplicate> predicate) {
    return duplicates.stream().filter(predicate).count();
  }

  /**
   * Returns lines that count each kind of fault and name its first images. A kind without faults
   * has no line.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, quarantined, "missing or broken images: %d");
    add(lines, badBoxes, "images without their box: %d");
    add(
        lines,
        duplicates,
        String.format(
            Locale.ROOT,
            "equal images across splits (%d) or labels (%d): %%d",
            acrossSplits(),
            acrossLabels()));
    return lines;
  }

  private static void add(List<String> lines, List<?> entries, String head) {
    if (!entries.isEmpty()) {
      lines.add(String.format(Locale.ROOT, head, entries.size()));
      Excerpt.of(entries).forEach(line -> lines.add("  " + line));
    }
  }
}
