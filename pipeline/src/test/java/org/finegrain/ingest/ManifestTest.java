package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.dataset.DataException;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{\"format\": 1}", "{\"format\": \"x\", \"parts\": 3}"})
  void aDamagedOneIsNamed(String text) throws IOException {
    Folder folder = folder(text);
    assertThatThrownBy(() -> Manifest.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot read "
                + folder.location(Manifest.FILE)
                + ": it is damaged; write the dataset again with --overwrite");
  }

  @Test
  void oneOfALaterVersionIsNamed() throws IOException {
    Folder folder = folder("{\"format\": 2}");
    assertThatThrownBy(() -> Manifest.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Unsupported format 2 of " + folder.location(Manifest.FILE));
  }

  @Test
  void aFolderOfDatasetsNamesThem() throws IOException {
    Folder parent = Folder.at(directory.toString(), new Configuration());
    for (String name : new String[] {"cub", "aircraft"}) {
      parent.folder(name).write(Manifest.FILE, "{}");
    }
    parent.folder("original").write("images.txt", "");
    assertThatThrownBy(() -> Manifest.read(parent))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot find _manifest.json in "
                + parent.location()
                + ": it holds aircraft, cub: name one of them, such as "
                + parent.location("aircraft"));
  }

  private Folder folder(String manifest) throws IOException {
    Folder folder = Folder.at(directory.toString(), new Configuration());
    folder.write(Manifest.FILE, manifest);
    return folder;
  }
}
