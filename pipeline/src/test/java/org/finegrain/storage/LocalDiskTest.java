package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  @TempDir private Path temporary;

  @Test
  void aFolderThatDoesNotExistLiesOnTheDiskOfItsParent() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("a disk [1]"), "1m")) {
      assertThat(LocalDisk.freeBytes(folder(disk.path().resolve("sweeps/k")))).hasValue(1L << 20);
      folder(disk.path()).write("file", "x".repeat(1 << 19));
      assertThat(LocalDisk.freeBytes(folder(disk.path()))).hasValue(1L << 19);
    }
    assertThat(LocalDisk.freeBytes(folder(temporary)).orElseThrow()).isPositive();
  }

  private static Folder folder(Path path) throws IOException {
    return Folder.at(path.toString(), new Configuration(false));
  }
}
