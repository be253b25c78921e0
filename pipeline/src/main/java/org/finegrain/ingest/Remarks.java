package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.Excerpt;

/**
 * What a user should know of an ingested dataset's images.
 *
 * @param quarantined by path: broken images that are not part of it
 * @param badBoxes by path: boxes that are not part of it
 */
public record Remarks(List<Quarantined> quarantined, List<BadBox> badBoxes) {
  static final Remarks NONE = new Remarks(List.of(), List.of());

  /** The numbers, to stand within a sentence. */
  String counts() {
    String images = quarantined.size() + " quarantined";
    return badBoxes.isEmpty() ? images : images + ", " + badBoxes.size() + " without their box";
  }

  /** Returns lines that name the first images of each kind. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, quarantined, line -> "  quarantined " + line);
    add(lines, badBoxes, line -> "  without box " + line);
    return lines;
  }

  private static void add(List<String> lines, List<?> entries, Function<String, String> words) {
    Excerpt.of(entries).stream().map(words).forEach(lines::add);
  }
}
