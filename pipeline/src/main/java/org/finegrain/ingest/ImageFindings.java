package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.Excerpt;

/**
 * What a user should know of a dataset's images.
 *
 * @param quarantined by path: broken images, which are not part of an ingested dataset
 * @param badBoxes by path: boxes that are not part of it
 * @param duplicates by path: equal images across splits or labels
 */
public record ImageFindings(
    List<Quarantined> quarantined, List<BadBox> badBoxes, List<Duplicate> duplicates) {
  static final ImageFindings NONE = new ImageFindings(List.of(), List.of(), List.of());

  /** Returns the number of pictures that stand in more than one split. */
  public long acrossSplits() {
    return count(Duplicate::acrossSplits);
  }

  /** Returns the number of pictures that stand under more than one label. */
  public long acrossLabels() {
    return count(Duplicate::acrossLabels);
  }

  private long count(Predicate<Duplicate> predicate) {
    return duplicates.stream().filter(predicate).count();
  }

  /** Returns lines that count each kind and name its first images; no line of what there is not. */
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
