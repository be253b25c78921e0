package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the promises of {@link Folder} on a real S3 server. */
class FolderS3IT implements FolderContract {
  @TempDir private static Path directory;
  private static S3Server s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (s3 != null) {
      s3.close();
    }
  }

  @Override
  public Folder folder(String name) throws IOException {
    return s3.folder(name);
  }

  @Override
  public boolean showsAFileWhileItGrows() {
    return false;
  }

  @Test
  void replacesAFile() throws IOException {
    Folder folder = s3.folder("replace");
    folder.write("a: b.txt", "old");
    folder.write("a: b.txt", "new");
    assertThat(folder.text("a: b.txt")).isEqualTo("new");
    assertThat(folder.files()).containsOnlyKeys("a: b.txt");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Folder folder = s3.folder("failed");
    folder.write("a.txt", "old");
    for (String name : new String[] {"a.txt", "b.txt"}) {
      assertThatThrownBy(
              () ->
                  folder.write(
                      name,
                      out -> {
                        out.write('n');
                        throw new IOException("no more");
                      }))
          .hasMessage("no more");
    }
    assertThat(folder.files()).containsOnlyKeys("a.txt");
    assertThat(folder.text("a.txt")).isEqualTo("old");
  }

  @Test
  void publishesOnce() throws IOException {
    Folder folder = s3.folder("deep/publish");
    Folder first = folder.partial();
    first.write("train/a.txt", "first");
    first.write("_SUCCESS", "");
    folder.publish(first);
    Folder second = folder.partial();
    second.write("train/a.txt", "second");
    assertThatThrownBy(() -> folder.publish(second)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.text("train/a.txt")).isEqualTo("first");
    assertThat(folder.files()).containsOnlyKeys("_SUCCESS", "train/a.txt");
    assertThat(folder.unfinished()).isEmpty();
    assertThat(s3.folder("deep").list()).containsExactly("publish");
  }

  @Test
  void theOldFolderGoesWhenTheNewOneStands() throws IOException {
    Folder folder = s3.folder("replaced/data");
    write(folder, "old");
    Folder partial = folder.partial();
    partial.write("train/a.txt", "new");
    partial.write("_manifest.json", "new");
    folder.replace(partial);
    assertThat(folder.files()).containsOnlyKeys("_manifest.json", "train/a.txt");
    assertThat(folder.text("train/a.txt")).isEqualTo("new");

    Folder neverWritten = folder.partial();
    assertThatThrownBy(() -> folder.replace(neverWritten)).isInstanceOf(IOException.class);
    assertThat(folder.text("train/a.txt")).isEqualTo("new");
  }

  @Test
  void aKilledReplacementIsFinished() throws IOException {
    Folder folder = s3.folder("finished/data");
    Folder aside = s3.folder("finished/.data." + UUID.randomUUID() + ".replaced");
    write(folder, "old"); // half set aside
    folder.delete("_manifest.json");
    folder.delete("train/a.txt");
    aside.write("_manifest.json", "old");
    aside.write("train/a.txt", "old");
    folder.finishReplace();
    assertThat(folder.files()).containsOnlyKeys("_manifest.json", "train/a.txt", "train/b.txt");

    write(aside, "old");
    folder.delete();
    folder.write("train/a.txt", "new"); // half published
    folder.finishReplace();
    assertThat(folder.text("train/a.txt")).isEqualTo("old");
    assertThat(folder.files()).containsOnlyKeys("_manifest.json", "train/a.txt", "train/b.txt");

    write(aside, "older"); // published
    folder.finishReplace();
    assertThat(folder.text("train/b.txt")).isEqualTo("old");
    assertThat(aside.files()).isEmpty();
  }

  private static void write(Folder folder, String text) throws IOException {
    folder.write("train/a.txt", text);
    folder.write("train/b.txt", text);
    folder.write("_manifest.json", text);
  }

  @Test
  void movesAFile() throws IOException {
    Folder folder = s3.folder("move");
    folder.write("_parts/x.parquet", "x");
    folder.move("_parts/x.parquet", "train/part-00000.parquet");
    assertThat(folder.files()).containsOnlyKeys("train/part-00000.parquet");
  }

  @Test
  void appendsLinesOfOneWriter() throws IOException {
    Folder folder = s3.folder("journal");
    folder.append("journal.jsonl", "one");
    folder.append("journal.jsonl", List.of("two", "three"));
    assertThat(folder.lines("journal.jsonl")).containsExactly("one", "two", "three");
  }

  @Test
  void deletesWhatKilledWritersLeft() throws IOException {
    Folder folder = s3.folder("killed");
    folder.write("a.txt", "x");
    folder.folder("b").partial().write("c.txt", "unfinished");
    folder.deleteUnfinished();
    assertThat(folder.folder("b").unfinished()).isEmpty();
    assertThat(folder.list()).containsExactly("a.txt");
  }
}
