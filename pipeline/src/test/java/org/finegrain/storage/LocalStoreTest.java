package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
  @TempDir private Path directory;
  private Path closed;
  private Folder folder;

  @BeforeEach
  void closeAFolder() throws IOException {
    folder = Folder.at(directory.toString(), new Configuration());
    closed = Files.createDirectory(directory.resolve("closed"));
    Files.writeString(closed.resolve("list.txt"), "1 a.jpg");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
  }

  @AfterEach
  void openIt() throws IOException {
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void tellsWhatMayNotBeReadFromWhatIsMissing() throws IOException {
    assumeFalse(Files.isReadable(closed), "the superuser may read everything");
    assertThatThrownBy(() -> folder.exists("closed/list.txt"))
        .isInstanceOf(AccessControlException.class)
        .hasMessageMatching("Cannot read .*/closed/list.txt: the user .* may not; let .*");
    assertThatThrownBy(() -> folder.size("closed/list.txt"))
        .isInstanceOf(AccessControlException.class);
    assertThatThrownBy(() -> folder.text("closed/list.txt"))
        .isInstanceOf(AccessControlException.class);
    assertThatThrownBy(() -> folder.requireReadable("closed/list.txt"))
        .isInstanceOf(AccessControlException.class);
    assertThatThrownBy(folder::files).isInstanceOf(AccessControlException.class);
  }

  @Test
  void namesTheFolderThatMayNotBeWritten() throws IOException {
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "the superuser may write everything");
    for (String name : List.of("closed/result.json", "closed/of/result.json")) {
      assertThatThrownBy(() -> folder.write(name, "{}"))
          .isInstanceOf(AccessControlException.class)
          .hasMessageMatching("Cannot write into .*/closed: the user .* may not; choose .*");
    }
  }

  @Test
  void leavesWhatIsMissingMissing() throws IOException {
    Files.writeString(directory.resolve("file"), "text");
    folder.requireReadable("file");
    assertThat(folder.exists("none")).isFalse();
    assertThat(folder.exists("none/list.txt")).isFalse();
    assertThat(folder.exists("file/list.txt")).isFalse();
    assertThatThrownBy(() -> folder.text("none")).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> folder.size("none")).isInstanceOf(FileNotFoundException.class);
  }
}
