package org.finegrain.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, which fills up. It needs a machine that lets a test mount one. */
public record SmallDisk(Path path) implements AutoCloseable {

  /**
   * Creates a folder and mounts a disk at it, or skips the test.
   *
   * @param size the size, such as {@code 1m}
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
    } catch (IOException e) { // there is no such program
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
