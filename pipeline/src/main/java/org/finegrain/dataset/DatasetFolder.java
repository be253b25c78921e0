package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finegrain.storage.Folder;

/**
 * The folder that holds a layout's lists, found within the root that the user named. Names are
 * relative to it; paths given out are relative to the root.
 *
 * @param prefix from the root to the lists: empty, or ending in {@code /}
 */
record DatasetFolder(Folder root, String prefix) {
  /** Lists of the largest layout take 2 MB; a larger file is no list. */
  private static final long MAX_LIST_BYTES = 64L << 20;

  /**
   * The first of {@code prefixes} under which one of the {@code markers} exists.
   *
   * @throws DataException if there is none, saying what was looked for
   */
  static DatasetFolder find(Folder root, List<String> prefixes, List<String> markers)
      throws IOException {
    for (String prefix : prefixes) {
      for (String marker : markers) {
        if (root.exists(prefix + marker)) {
          return new DatasetFolder(root, prefix);
        }
      }
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "Cannot find %s in %s%s: name the folder that the original archive was unpacked into",
            String.join(" or ", markers),
            root.location(),
            prefixes.size() == 1
                ? ""
                : " or in its " + String.join(", ", prefixes.subList(1, prefixes.size()))));
  }

  boolean has(String name) throws IOException {
    return root.exists(prefix + name);
  }

  String path(String name) {
    return prefix + name;
  }

  /** The rows of a list that are not blank. */
  List<ListRow> rows(String name) throws IOException {
    checkList(name);
    List<String> lines = root.lines(prefix + name);
    List<ListRow> rows = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(new ListRow(prefix + name, i + 1, lines.get(i)));
      }
    }
    return rows;
  }

  byte[] bytes(String name) throws IOException {
    checkList(name);
    try (var in = root.open(prefix + name)) {
      return in.readAllBytes();
    }
  }

  private void checkList(String name) throws IOException {
    if (!has(name)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot find %s in %s: place it there, from the original archive",
              prefix + name,
              root.location()));
    }
    long size = root.size(prefix + name);
    if (size > MAX_LIST_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d bytes, at most %d are read: restore it from the original archive",
              root.location(prefix + name),
              size,
              MAX_LIST_BYTES));
    }
  }
}
