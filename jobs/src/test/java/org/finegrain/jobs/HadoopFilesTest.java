package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
  /**
   * A setting of Hadoop that gives a local folder another scheme, as {@code spark-submit} sets it.
   */
  private static final String MOUNT = "spark.hadoop.fs.viewfs.mounttable.store.link./conf";

  private final HadoopFiles files = new HadoopFiles();

  @TempDir Path folder;

  @AfterEach
  void unmount() {
    System.clearProperty(MOUNT);
  }

  private Optional<String> read(String location) throws IOException {
    return files.read(location).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void readsAnyStoreThatHadoopKnows() throws Exception {
    System.setProperty(MOUNT, folder.toUri().toString());
    Files.writeString(folder.resolve("a.conf"), "seed = 2");
    assertThat(read("viewfs://store/conf/a.conf")).contains("seed = 2");
    assertThat(read("viewfs://store/conf/b.conf")).isEmpty();
  }

  @Test
  void readsLocalPathsWithAndWithoutScheme() throws Exception {
    Path file = Files.writeString(folder.resolve("a.conf"), "seed = 2");
    assertThat(read(file.toString())).contains("seed = 2");
    assertThat(read("file:" + file)).contains("seed = 2");
    assertThat(read("file://" + file)).contains("seed = 2");
    assertThat(read(folder.resolve("b.conf").toString())).isEmpty();
  }
}
