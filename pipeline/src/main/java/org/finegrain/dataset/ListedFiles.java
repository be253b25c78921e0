package org.finegrain.dataset;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The files of one folder of a layout that the layout's lists name, wherever a copy of the dataset
 * has them. Their names may differ from the lists in letter case and in the composition of
 * characters. The folder may lie elsewhere below the root, for example if an archive was packed
 * again. Such a file counts only if exactly one fits the listed name.
 */
final class ListedFiles {
  /**
   * The depth below the root to which files are searched. The folders of a dataset are not deeper.
   */
  private static final int DEPTH = 6;

  private final String place;
  private final Map<String, Long> sizes;
  private final Map<String, String> bySpelling = new HashMap<>();

  /**
   * Holds the files of one folder.
   *
   * @param place the path of the folder, relative to the root
   * @param sizes the sizes of its files in bytes, by their path relative to the folder
   */
  private ListedFiles(String place, Map<String, Long> sizes) {
    this.place = place;
    this.sizes = sizes;
    Set<String> ambiguous = new HashSet<>();
    for (String file : sizes.keySet()) {
      if (bySpelling.put(spelling(file), file) != null) {
        ambiguous.add(spelling(file));
      }
    }
    bySpelling.keySet().removeAll(ambiguous);
  }

  /**
   * Finds the folder that holds the listed files.
   *
   * @param name the name of the folder in the layout, ending in {@code /}
   * @param listed the listed paths, relative to the folder
   */
  static ListedFiles find(DatasetFolder folder, String name, Collection<String> listed)
      throws IOException {
    ListedFiles files = new ListedFiles(folder.path(name), folder.files(name));
    if (listed.stream().anyMatch(files::has)) {
      return files;
    }
    SortedMap<String, Long> all = folder.root().files(DEPTH);
    Collection<String> places = places(all.keySet(), name, listed);
    if (places.size() != 1) {
      return files;
    }
    String place = places.iterator().next();
    Map<String, Long> below = new HashMap<>();
    all.forEach(
        (path, size) -> {
          if (path.startsWith(place)) {
            below.put(path.substring(place.length()), size);
          }
        });
    return new ListedFiles(place, below);
  }

  /**
   * Returns the folders that hold listed files. If some of them have the layout's name, returns
   * only these.
   */
  private static Collection<String> places(
      Collection<String> files, String name, Collection<String> listed) {
    Set<String> spellings = new HashSet<>();
    listed.forEach(path -> spellings.add(spelling(path)));
    String folder = "/" + spelling(name);
    Set<String> ofThatName = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (String file : files) {
      for (int end = file.lastIndexOf('/') + 1; end >= 0; end = nextFolder(file, end)) {
        if (spellings.contains(spelling(file.substring(end)))) {
          String place = file.substring(0, end);
          if (spelling("/" + place).endsWith(folder)) {
            ofThatName.add(place);
          } else if (file.indexOf('/', end) >= 0) { // 00001.jpg alone would fit any folder
            others.add(place);
          }
        }
      }
    }
    return ofThatName.isEmpty() ? others : ofThatName;
  }

  private static int nextFolder(String file, int end) {
    return end == 0 ? -1 : file.lastIndexOf('/', end - 2) + 1;
  }

  private static String spelling(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** Returns whether there is a file for this listed path. */
  boolean has(String listed) {
    return sizes.containsKey(listed) || bySpelling.containsKey(spelling(listed));
  }

  /**
   * Returns the path of the listed file relative to the root. If there is none, returns the path
   * where it should be.
   */
  String path(String listed) {
    return place
        + (sizes.containsKey(listed) ? listed : bySpelling.getOrDefault(spelling(listed), listed));
  }

  /** Returns the size of the listed file in bytes, or nothing if there is no such file. */
  Optional<Long> size(String listed) {
    return Optional.ofNullable(sizes.get(path(listed).substring(place.length())));
  }
}
