package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;

/** An excerpt of a list for a message: the list may be as long as a dataset. */
public final class Excerpt {
  private static final int LINES = 10;

  private Excerpt() {}

  /** Returns a line for each of the first ten entries, and one that counts the others. */
  public static List<String> of(List<?> entries) {
    List<String> lines = new ArrayList<>();
    entries.stream().limit(LINES).forEach(entry -> lines.add(entry.toString()));
    if (entries.size() > LINES) {
      lines.add("… and " + (entries.size() - LINES) + " more");
    }
    return lines;
  }
}
