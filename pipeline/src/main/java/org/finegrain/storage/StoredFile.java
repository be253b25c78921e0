package org.finegrain.storage;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file on any Hadoop file system.
 *
 * @param folder the folder that holds it
 * @param name its name within the folder
 */
public record StoredFile(Folder folder, String name) {

  /**
   * Returns the file at {@code location}, a Hadoop path. It need not exist.
   *
   * @throws IOException if the file system cannot be reached, or if {@code location} names no file
   */
  public static StoredFile at(String location, Configuration configuration) throws IOException {
    Path path = Folder.path(location);
    if (path.getName().isEmpty() || location.endsWith("/")) {
      throw new IOException(
          String.format(
              Locale.ROOT, "Invalid path of a file: %s (must end with the file's name)", location));
    }
    Path parent = path.getParent();
    String folder = parent == null ? "/" : parent.toString();
    return new StoredFile(
        Folder.at(folder.isEmpty() ? "." : folder, configuration), path.getName());
  }

  /** Returns whether the file exists. */
  public boolean exists() throws IOException {
    return folder.exists(name);
  }

  /** Returns the SHA-256 of its bytes as hex. */
  public String sha256() throws IOException {
    return folder.sha256(name);
  }

  /** Returns the Hadoop path with its scheme. */
  public String location() {
    return folder.location(name);
  }
}
