package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
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
   * How far below the root a dataset is looked for: copies wrap it twice, and lists lie in data/.
   */
  private static final int DEPTH = 3;

  /** Of one level; a root with more is no folder of datasets. */
  private static final int MAX_FOLDERS = 1_000;

  /** What unpacking a Mac's zip file leaves behind. */
  private static final String MAC_METADATA = "__MACOSX";

  /**
   * Looks for the folder that holds one of the {@code markers}: the root, or the only one of those
   * nearest below it.
   *
   * @throws DataException if there is none, or more than one; says what was found
   */
  static DatasetFolder find(Folder root, List<String> markers) throws IOException {
    List<String> level = List.of("");
    for (int depth = 0; depth <= DEPTH; depth++) {
      List<String> found = new ArrayList<>();
      for (String prefix : level) {
        if (hasAny(root, prefix, markers)) {
          found.add(prefix);
        }
      }
      if (found.size() == 1) {
        return new DatasetFolder(root, found.get(0));
      }
      if (!found.isEmpty()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot tell which dataset in %s is meant, %s: name one of these folders",
                root,
                String.join(" or ", found)));
      }
      level = depth == DEPTH ? List.of() : below(root, level);
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "Cannot find %s in %s or the folders below it; %s: name the folder that the original"
                + " archives were unpacked into, with this list",
            String.join(" or ", markers),
            root,
            FolderContents.of(root)));
  }

  private static boolean hasAny(Folder root, String prefix, List<String> markers)
      throws IOException {
    for (String marker : markers) {
      if (root.exists(prefix + marker)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> below(Folder root, List<String> prefixes) throws IOException {
    List<String> below = new ArrayList<>();
    for (String prefix : prefixes) {
      Folder folder = prefix.isEmpty() ? root : root.folder(prefix);
      for (String name : folder.folders()) {
        if (below.size() < MAX_FOLDERS && !name.equals(MAC_METADATA)) {
          below.add(prefix + name + "/");
        }
      }
    }
    return below;
  }

  /** Returns the files of a folder and of those below it; empty if there is no such folder. */
  SortedMap<String, Long> files(String name) throws IOException {
    String folder = prefix + name;
    return folder.isEmpty() ? root.files() : root.folder(folder).files();
  }

  boolean has(String name) throws IOException {
    return root.exists(prefix + name);
  }

  String path(String name) {
    return prefix + name;
  }

  /** Returns the folder {@code name} of this one; the name ends in {@code /}. */
  DatasetFolder below(String name) {
    return new DatasetFolder(root, prefix + name);
  }

  /** The rows of a list that are not blank. */
  List<ListRow> rows(String name) throws IOException {
    checkList(name);
    List<String> lines = ListText.lines(prefix + name, root.bytes(prefix + name));
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
              root));
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
