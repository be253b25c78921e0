package org.finegrain.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The local disk that a folder lies on. */
public final class LocalDisk {
  private LocalDisk() {}

  /**
   * Returns the number of bytes that this user can still write where {@code folder} lies, or would
   * lie; empty if it lies in another store, or if the system does not say.
   */
  public static OptionalLong freeBytes(Folder folder) {
    org.apache.hadoop.fs.Path location = new org.apache.hadoop.fs.Path(folder.location());
    if (!"file".equals(location.toUri().getScheme())) {
      return OptionalLong.empty();
    }
    try {
      Path existing = Path.of(location.toUri().getPath());
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      return OptionalLong.of(Files.getFileStore(existing).getUsableSpace());
    } catch (IOException | InvalidPathException e) { // such as a name that the locale cannot write
      return OptionalLong.empty();
    }
  }
}
