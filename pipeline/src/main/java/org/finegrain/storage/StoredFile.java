package org.finegrain.storage;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One file on any Hadoop file system, in its folder. */
public record StoredFile(Folder folder, String name) {

  /**
   * The file at {@code location}, a Hadoop path; it need not exist.
   *
   * @throws IOException also if {@code location} names no file
   */
  public static StoredFile at(String location, Configuration configuration) throws IOException {
    Path path = Folder.path(location);
    if (path.getName().isEmpty() || location.endsWith("/")) {
      throw new IOException(
          String.format(Locale.ROOT, "Invalid file %s: it has no name", location));
    }
    Path parent = path.getParent();
    String folder = parent == null ? "/" : parent.toString();
    return new StoredFile(
        Folder.at(folder.isEmpty() ? "." : folder, configuration), path.getName());
  }

  public boolean exists() throws IOException {
    return folder.exists(name);
  }

  /** Of its bytes, hex. */
  public String sha256() throws IOException {
    return folder.sha256(name);
  }

  /** The Hadoop path, with scheme. */
  public String location() {
    return folder.location(name);
  }
}
