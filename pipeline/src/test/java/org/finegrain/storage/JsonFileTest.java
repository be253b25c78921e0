package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileTest {
  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    folder = Folder.at(directory.toString(), new Configuration(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; it is empty",
        "{\"format\": 1, \"seed; it is not whole JSON (line 1, column ",
        "{\"format\": 1, \"seed\": 3} {; it is not whole JSON (line 1, column ",
        "[1]; it holds no JSON object",
        "{\"seed\": 3}; it lacks format",
        "{\"format\": 0, \"seed\": 3}; its format cannot be 0 (must be 1)",
        "{\"format\": 1}; it lacks seed",
        "{\"format\": 1, \"seed\": \"three\"}; its seed cannot be \"three\" (must be a whole"
            + " number)",
        "{\"format\": 1, \"seed\": 1e99}; its seed cannot be 1.0E99 (must be a whole number)",
        "{\"format\": 1, \"seed\": {\"a\": 1}}; its seed cannot be an object (must be a whole"
            + " number)",
      })
  void aDamagedFileIsNamedWithItsFault(String text, String fault) throws IOException {
    folder.write("a.json", text);
    assertThatThrownBy(() -> seed())
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith("Cannot read " + folder.location("a.json") + ": " + fault)
        .hasNoCause()
        .satisfies(e -> assertThat(((UnreadableFileException) e).mustStay()).isFalse());
  }

  @Test
  void oneOfALaterVersionIsNotTakenForDamaged() throws IOException {
    folder.write("a.json", "{\"format\": 2}");
    assertThatThrownBy(() -> seed())
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageEndingWith(
            "it has format 2, this version reads 1; use the finegrain that wrote it")
        .satisfies(e -> assertThat(((UnreadableFileException) e).mustStay()).isTrue());
  }

  @Test
  void oneThatTheUserMayNotReadIsNotTakenForDamaged() throws IOException {
    folder.write("a.json", "{\"format\": 1, \"seed\": 3}");
    Configuration configuration = new Configuration(false);
    configuration.set("fs.closed.impl", ClosedStore.class.getName());
    folder = Folder.at("closed:" + directory, configuration);
    assertThatThrownBy(() -> seed())
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageMatching("Cannot read closed:.*/a.json: the user .* may not; let the user .*")
        .satisfies(e -> assertThat(((UnreadableFileException) e).mustStay()).isTrue());
  }

  @Test
  void aMissingOneIsNone() throws IOException {
    assertThat(seed()).isEmpty();
    folder.write("a.json", "{\"format\": 1, \"seed\": 3}");
    assertThat(seed()).contains(3L);
  }

  @Test
  void whatCannotBeIsRefused() {
    JsonFields scores = JsonFile.parse("{\"top1\": 9.25, \"loss\": -1, \"top5\": null}");
    assertThatThrownBy(() -> scores.fraction("top1"))
        .hasMessage("its top1 cannot be 9.25 (must be from 0 to 1)");
    assertThatThrownBy(() -> scores.amount("loss")).hasMessageContaining("(must be 0 or more)");
    assertThat(scores.fraction("top5")).isNaN();
    assertThat(scores.fraction("missing")).isNaN();
  }

  private Optional<Long> seed() throws IOException {
    return JsonFile.read(folder, "a.json", 1, json -> json.wholeNumber("seed"));
  }

  /** Local files that nobody may read, not even the superuser. */
  public static final class ClosedStore extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("closed:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      throw new AccessControlException("Permission denied: " + file);
    }
  }
}
