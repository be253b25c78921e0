package org.finegrain.storage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The names of the journals in a sweep folder. Each shard I/N of a sweep has a journal of its own,
 * because not every file system lets two machines append to one file.
 */
public final class JournalFiles {
  private JournalFiles() {}

  /**
   * Returns the name of the journal of one shard of a sweep.
   *
   * @param index the number of the shard, from 1
   * @param count the number of all shards; 1 if one process runs the whole sweep
   */
  public static String name(int index, int count) {
    return count == 1
        ? "journal.jsonl"
        : String.format(Locale.ROOT, "journal-%d-of-%d.jsonl", index, count);
  }

  /** Returns the names of all journals of a sweep. A reader needs all of them. */
  public static List<String> in(Folder sweep) throws IOException {
    return sweep.list().stream()
        .filter(name -> name.startsWith("journal") && name.endsWith(".jsonl"))
        .toList();
  }
}
