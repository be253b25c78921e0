package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNamesTest {
  private static final LocalNames C = new LocalNames("ANSI_X3.4-1968");

  @TempDir Path folder;

  @Test
  void aNameThatJavaCannotReadIsToldWithTheRemedy() throws IOException {
    Files.writeString(folder.resolve("a.jpg"), "");
    assertThatCode(() -> C.requireReadable(folder.toFile())).doesNotThrowAnyException();
    Path unreadable = Files.writeString(folder.resolve("caf\uFFFD.jpg"), "");
    assertThatThrownBy(() -> C.requireReadable(folder.toFile()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read the name of "
                + unreadable
                + " in this process's encoding, ANSI_X3.4-1968: start it with LC_ALL=C.UTF-8");
  }

  @Test
  void inUtf8ItIsANameLikeAnyOther() throws IOException {
    Files.writeString(folder.resolve("caf\uFFFD.jpg"), "");
    assertThatCode(() -> new LocalNames("UTF-8").requireReadable(folder.toFile()))
        .doesNotThrowAnyException();
  }

  @Test
  void aFolderThatIsNotThereHasNoNames() {
    assertThatCode(() -> C.requireReadable(folder.resolve("none").toFile()))
        .doesNotThrowAnyException();
  }
}
