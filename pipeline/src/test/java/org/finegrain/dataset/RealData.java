package org.finegrain.dataset;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;

/**
 * The folder of original files, which nobody may redistribute. Tests that need them are skipped
 * where they are absent.
 */
public final class RealData {
  private RealData() {}

  /** Returns a folder of the real data, such as {@code slices/stanford-cars}, or skips the test. */
  public static Folder folder(String name) throws IOException {
    String root = System.getProperty("finegrain.real-data", "");
    Path path = Path.of(root).resolve(name);
    assumeTrue(
        !root.isEmpty() && Files.isDirectory(path),
        () -> "No real data at " + path + "; name its folder with -Dfinegrain.real-data");
    return Folder.at(path.toUri().toString(), new Configuration());
  }
}
