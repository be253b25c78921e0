package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Tests stores that cannot be reached. Nothing listens on port 1 of this machine. */
class NamedStoreTest {
  private static final String STORE = "hdfs://localhost:1";

  private final Configuration configuration = new Configuration(false);

  NamedStoreTest() {
    configuration.set("fs.hdfs.impl", "org.apache.hadoop.hdfs.DistributedFileSystem");
    configuration.setInt("ipc.client.connect.max.retries", 0);
  }

  @Test
  void thePathIsNamedWhateverIsDone() throws IOException {
    Folder folder = Folder.at(STORE + "/data", configuration);
    String data = "Cannot reach hdfs://localhost:1/data";
    assertThatThrownBy(folder::list).hasMessage(data + ": Connection refused");
    assertThatThrownBy(() -> folder.text("a")).hasMessage(data + "/a: Connection refused");
    assertThatThrownBy(() -> folder.write("a", "text"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(data + "/.a.")
        .hasMessageEndingWith(".partial: Connection refused");
    assertThatThrownBy(() -> folder.append("a", "text")).hasMessageStartingWith(data + "/a: ");
    assertThatThrownBy(() -> folder.delete("a")).hasMessageStartingWith(data + "/a: ");
    assertThatThrownBy(() -> folder.publish(folder.partial())).hasMessageStartingWith(data + ": ");
  }

  @Test
  void aDefaultStoreIsSaidToBeOne() throws IOException {
    configuration.set("fs.defaultFS", STORE);
    Folder folder = Folder.at("/data", configuration);
    assertThatThrownBy(folder::exists)
        .hasMessage(
            "Cannot reach hdfs://localhost:1/data: Connection refused; this is the default store of Hadoop's configuration (fs.defaultFS), write file:PATH for a file on this machine");
  }

  @Test
  void soIsAStoreThatCannotBeOpened() {
    assertThatThrownBy(() -> Folder.at("hdfs://no.such.host.invalid/data", configuration))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot reach hdfs://no.such.host.invalid/data: there is no host no.such.host.invalid");
    assertThatThrownBy(() -> Folder.at("smoke://signal/data", configuration))
        .hasMessageStartingWith("Cannot reach smoke://signal/data: No FileSystem for scheme");
    configuration.set("fs.cloud.impl", "org.example.CloudFileSystem");
    assertThatThrownBy(() -> Folder.at("cloud://bucket/data", configuration))
        .hasMessage(
            "Cannot reach cloud://bucket/data: Hadoop's client for this store is missing, add it with spark.jars.packages");
  }
}
