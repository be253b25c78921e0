package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.finegrain.storage.Folder;

/** The contents of a folder in a few words, for the message that it holds no dataset. */
final class FolderContents {
  private static final int NAMES = 8;

  private FolderContents() {}

  static String of(Folder folder) throws IOException {
    if (!folder.exists()) {
      return "there is no such folder";
    }
    List<String> names = new ArrayList<>();
    folder.folders().forEach(name -> names.add(name + "/"));
    SortedMap<String, Long> files = folder.files(1);
    names.addAll(files.keySet());
    if (names.isEmpty()) {
      return "it is empty";
    }
    String shown = "it holds " + String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() > NAMES ? shown + " and " + (names.size() - NAMES) + " more" : shown;
  }
}
