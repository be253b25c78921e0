package org.finegrain.storage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The names of the journals in a sweep folder. Each shard has a journal of its own: not every file
 * system lets two machines append to one file.
 */
public final class JournalFiles {
  private JournalFiles() {}

  /**
   * Returns the name of the journal of a shard.
   *
   * @param index of the shard, from 1
   * @param count of all shards; 1: one process runs the whole sweep
   */
  public static String name(int index, int count) {
    return count == 1
        ? "journal.jsonl"
        : String.format(Locale.ROOT, "journal-%d-of-%d.jsonl", index, count);
  }

  /** Returns the names of all journals of a sweep; a reader takes them together. */
  public static List<String> in(Folder sweep) throws IOException {
    return sweep.list().stream()
        .filter(name -> name.startsWith("journal") && name.endsWith(".jsonl"))
        .toList();
  }
}
