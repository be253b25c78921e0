package org.finegrain.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The contents of a local folder, hidden files too. */
public final class FolderContents {
  private FolderContents() {}

  /** Returns path within the folder → SHA-256 for all files, or {@code folder} for a folder. */
  public static SortedMap<String, String> of(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> found = walk.toList();
      for (Path path : found) {
        contents.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path) ? "folder" : Checksums.sha256(Files.newInputStream(path)));
      }
    }
    return contents;
  }
}
