package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.finegrain.storage.Folder;

/**
 * The folder that holds a layout's lists, within the root that the user named. Methods take names
 * relative to it, and return paths relative to the root.
 *
 * @param root the folder that the user named
 * @param prefix the path from the root to the lists: empty, or ending in {@code /}
 */
record DatasetFolder(Folder root, String prefix) {
  /** The largest list that is read. The lists of the largest layout take 2 MB. */
  private static final long MAX_LIST_BYTES = 64L << 20;

  /**
   * The depth below the root to which a dataset is searched. Copies wrap it in up to two folders,
   * and lists may lie in data/.
   */
  private static final int DEPTH = 3;

  /** The largest number of folders of one level that are searched. */
  private static final int MAX_FOLDERS = 1_000;

  /** The folder that remains after a zip file of macOS has been unpacked. */
  private static final String MAC_METADATA = "__MACOSX";

  /**
   * Finds the folder that holds one of the {@code markers}: the root, or else the only such folder
   * at the first level below it that has one.
   *
   * @throws DataException if there is no such folder, or more than one at that level
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
                "Cannot choose between the datasets in %s: name one of its folders, %s",
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

  /**
   * Returns the sizes in bytes of the files in a folder and in those below it, by path. The result
   * is empty if there is no such folder.
   */
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

  /** Returns the folder of this name within this one. The name ends in {@code /}. */
  DatasetFolder below(String name) {
    return new DatasetFolder(root, prefix + name);
  }

  /**
   * Returns the rows of a list that are not blank.
   *
   * @throws DataException if the list is missing, too large or not text
   */
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
              "%s has %d bytes (at most %d are read): restore it from the original archive",
              root.location(prefix + name),
              size,
              MAX_LIST_BYTES));
    }
  }
}
