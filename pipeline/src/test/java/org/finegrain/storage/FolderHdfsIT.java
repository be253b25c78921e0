package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the promises of {@link Folder} on a real HDFS with one name node and one data node. */
class FolderHdfsIT implements FolderContract {
  @TempDir private static Path directory;
  private static MiniDFSCluster cluster;
  private static Configuration configuration;

  @BeforeAll
  static void start() throws IOException {
    configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Override
  public boolean showsAFileWhileItGrows() {
    return true;
  }

  @Override
  public Folder folder(String name) throws IOException {
    return Folder.at(cluster.getURI() + "/" + name, configuration);
  }

  @Test
  void oneOfSeveralClientsGetsALease() throws Exception {
    Configuration ownClient = new Configuration(configuration);
    ownClient.setBoolean("fs.hdfs.impl.disable.cache", true);
    String location = cluster.getURI() + "/at-once/.lease";
    LeaseContest contest = new LeaseContest(() -> Folder.at(location, ownClient));
    contest.holds(4, 20);
    contest.holdsWhenTheLeaseHasRunOut(4, 10);
  }

  @Test
  void replacesAFile() throws IOException {
    Folder folder = folder("replace");
    folder.write("a.txt", "old");
    folder.write("a.txt", "new");
    assertThat(folder.text("a.txt")).isEqualTo("new");
    assertThat(folder.files()).containsOnlyKeys("a.txt");
    assertThat(folder.location("a.txt")).startsWith("hdfs://").endsWith("/replace/a.txt");
  }

  @Test
  void publishesOnce() throws IOException {
    Folder folder = folder("deep/publish");
    Folder first = folder.partial();
    first.write("train/a.txt", "first");
    folder.publish(first);
    Folder second = folder.partial();
    second.write("train/a.txt", "second");
    assertThatThrownBy(() -> folder.publish(second)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.text("train/a.txt")).isEqualTo("first");
    assertThat(folder("deep").list()).containsExactly("publish");
  }

  @Test
  void appendsLines() throws IOException {
    Folder folder = folder("journal");
    folder.append("journal.jsonl", "one");
    folder.append("journal.jsonl", List.of("two", "three"));
    assertThat(folder.lines("journal.jsonl")).containsExactly("one", "two", "three");
  }

  @Test
  void anAppendRemovesWhatAKilledWriterLeft() throws IOException {
    Folder folder = folder("torn");
    folder.write("journal.jsonl", "whole\nhal");
    folder.append("journal.jsonl", "next");
    assertThat(folder.text("journal.jsonl")).isEqualTo("whole\nnext\n");
  }
}
