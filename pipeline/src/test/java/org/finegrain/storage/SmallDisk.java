package org.finegrain.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of its own in memory, which fills up: only where the machine lets a test mount one. */
public record SmallDisk(Path path) implements AutoCloseable {

  /**
   * Mounts a disk at a folder that it makes, or skips the test.
   *
   * @param size as {@code 1m}
   */
  public static SmallDisk mount(Path path, String size) throws IOException {
    Files.createDirectory(path);
    assumeTrue(
        succeeds(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString())));
    return new SmallDisk(path);
  }

  @Override
  public void close() {
    succeeds(List.of("umount", path.toString()));
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) { // no such program
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
