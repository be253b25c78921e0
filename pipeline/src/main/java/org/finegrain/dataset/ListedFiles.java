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
 * The files that a layout's lists name in one of its folders, wherever a copy of the dataset has
 * them. Names may differ from the lists in letter case and in how characters are composed; the
 * folder may lie elsewhere below the root, as where an archive was packed again. Either counts only
 * where one file answers to the name.
 */
final class ListedFiles {
  /** A dataset's own folders are not deeper. */
  private static final int DEPTH = 6;

  private final String place;
  private final Map<String, Long> sizes;
  private final Map<String, String> bySpelling = new HashMap<>();

  /**
   * @param place of the folder below the root
   * @param sizes of its files, by paths relative to it
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
   * @param name of the folder in the layout, ending in {@code /}
   * @param listed paths relative to it
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

  /** Returns the folders that hold listed files; those of the layout's name, if there are any. */
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

  boolean has(String listed) {
    return sizes.containsKey(listed) || bySpelling.containsKey(spelling(listed));
  }

  /** Returns where the listed file is, relative to the root; where it should be, if nowhere. */
  String path(String listed) {
    return place
        + (sizes.containsKey(listed) ? listed : bySpelling.getOrDefault(spelling(listed), listed));
  }

  /** Returns the size of the listed file in bytes; empty if it is nowhere. */
  Optional<Long> size(String listed) {
    return Optional.ofNullable(sizes.get(path(listed).substring(place.length())));
  }
}
