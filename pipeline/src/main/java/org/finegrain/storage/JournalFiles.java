package org.finegrain.storage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The names of the journals in a sweep folder. Each process that runs a sweep writes to a journal
 * of its own, because not every file system lets two machines append to one file.
 */
public final class JournalFiles {
  private JournalFiles() {}

  /**
   * Returns the name of a journal.
   *
   * @param number the number of the journal, from 1
   */
  public static String name(int number) {
    return number == 1 ? "journal.jsonl" : String.format(Locale.ROOT, "journal-%d.jsonl", number);
  }

  /** Returns the names of all journals of a sweep. A reader needs all of them. */
  public static List<String> in(Folder sweep) throws IOException {
    return sweep.list().stream()
        .filter(name -> name.startsWith("journal") && name.endsWith(".jsonl"))
        .toList();
  }
}
