package org.finegrain.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
  @TempDir private Path directory;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    folder = Folder.at(directory.resolve("data").toString(), new Configuration());
  }

  @Test
  void writesListsAndReads() throws IOException {
    folder.write("b/deep.txt", "deep");
    folder.write("a.txt", "one\ntwo\n");
    assertThat(folder.list()).containsExactly("a.txt", "b");
    assertThat(folder.files()).isEqualTo(Map.of("a.txt", 8L, "b/deep.txt", 4L));
    assertThat(folder.lines("a.txt")).containsExactly("one", "two");
    assertThat(folder.sha256("b/deep.txt")).isEqualTo(Checksums.sha256("deep".getBytes(UTF_8)));
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() throws IOException {
    assertThat(folder.exists()).isFalse();
    assertThat(folder.list()).isEmpty();
    assertThat(folder.files()).isEmpty();
  }

  @Test
  void deletesWhatKilledWritersLeft() throws IOException {
    folder.write("a.txt", "x");
    folder.write(".hidden", "kept");
    folder.folder("b").partial().write("c.txt", "unfinished");
    folder.deleteUnfinished();
    assertThat(directory.resolve("data").toFile().list()).containsOnly("a.txt", ".hidden");
  }

  @Test
  void findsWhatKilledWritersLeftOfThisFolderAlone() throws IOException {
    Folder other = Folder.at(directory.resolve("data.b").toString(), new Configuration());
    other.partial().write("a.txt", "of a folder whose name begins alike");
    Folder left = folder.partial();
    left.write("a.txt", "unfinished");
    assertThat(folder.unfinished()).extracting(Folder::location).containsExactly(left.location());
  }

  @Test
  void theOldFolderGoesWhenTheNewOneStands() throws IOException {
    folder.write("old.txt", "old");
    Folder partial = folder.partial();
    partial.write("new.txt", "new");
    folder.replace(partial);
    assertThat(folder.list()).containsExactly("new.txt");
    assertThat(directory.toFile().list()).containsExactly("data");
  }

  @Test
  void aFailedReplacementLeavesTheOldFolder() throws IOException {
    folder.write("old.txt", "old");
    Folder neverWritten = folder.partial();
    assertThatThrownBy(() -> folder.replace(neverWritten)).isInstanceOf(IOException.class);
    assertThat(folder.text("old.txt")).isEqualTo("old");
    assertThat(directory.toFile().list()).containsExactly("data");
  }

  @Test
  void aKilledReplacementIsFinished() throws IOException {
    folder.write("old.txt", "old");
    Path aside = directory.resolve(".data." + UUID.randomUUID() + ".replaced");
    Files.move(directory.resolve("data"), aside);
    folder.finishReplace();
    assertThat(folder.text("old.txt")).isEqualTo("old");

    Files.createDirectories(aside);
    folder.finishReplace();
    assertThat(directory.toFile().list()).containsExactly("data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/a:b", "a:b", "a:b/c", "file:/data/12:30", "s3a://bucket/a:b/c"})
  void refusesAPathWithAColon(String location) {
    assertThatThrownBy(() -> Folder.at(location, new Configuration()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Invalid path "
                + location
                + ": Hadoop takes the text before a colon for the name of a file system; choose a path"
                + " without colons");
    assertThatThrownBy(() -> StoredFile.at(location, new Configuration()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose a path without colons");
  }

  @Test
  void takesNamesWithColonsAndBlanks() throws IOException {
    folder.write("a: b.txt", "x");
    assertThat(folder.text("a: b.txt")).isEqualTo("x");
  }

  @Test
  void refusesNamesThatLeadOut() {
    assertThatThrownBy(() -> folder.text("images/../../passwd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid name 'images/../../passwd': it must lie inside");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    folder.write("a.txt", "old");
    assertThatThrownBy(
            () ->
                folder.write(
                    "a.txt",
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(folder.text("a.txt")).isEqualTo("old");
    assertThat(directory.resolve("data")).isDirectoryContaining("glob:**/a.txt");
    assertThat(filesOf("data")).containsExactly("a.txt");
  }

  @Test
  void aFullDiskIsAFailureOfIoAndLeavesNothing() throws IOException {
    Folder full = FullDisk.folder(directory);
    assertThatThrownBy(() -> full.write("a.txt", "x"))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read or write %s: No space left on device", full.location("a.txt"));
    assertThatThrownBy(() -> full.folder("b").publish(partial -> partial.write("c.txt", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("c.txt: No space left on device");
    OutputStream log = full.create("log");
    log.write(1);
    assertThatThrownBy(log::flush).isInstanceOf(IOException.class);
    full.delete("log");
    assertThat(filesOf("")).isEmpty();
  }

  /** Writes to a real disk of 1 MB, if the machine lets a test mount one. */
  @Test
  void aDiskThatFillsUpIsAFailureOfIoAndLeavesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "1m")) {
      Folder small = Folder.at(disk.path().toUri().toString(), new Configuration());
      small.write("kept.txt", "x");
      byte[] tooMuch = new byte[2 << 20];
      assertThatThrownBy(() -> small.write("a.bin", out -> out.write(tooMuch)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
      assertThatThrownBy(
              () ->
                  small
                      .folder("b")
                      .publish(partial -> partial.write("c.bin", out -> out.write(tooMuch))))
          .isInstanceOf(IOException.class);
      assertThat(filesOf("disk")).containsExactly("kept.txt");
    }
  }

  /**
   * Throws an exception that is not declared, as Spark does, because Scala need not declare any.
   */
  @Test
  void whateverIsThrownWhileAFolderIsWrittenNothingIsLeft() throws IOException {
    for (Throwable thrown :
        List.of(new Exception("undeclared"), new OutOfMemoryError("heap"), new LinkageError())) {
      assertThatThrownBy(
              () ->
                  folder.publish(
                      partial -> {
                        partial.write("a.txt", "x");
                        FolderTest.<RuntimeException>rethrow(thrown);
                      }))
          .isSameAs(thrown);
    }
    assertThat(filesOf("")).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aGrowingFileShowsWhatWasFlushed() throws IOException {
    assertThat(folder.showsGrowingFiles()).isTrue();
    try (OutputStream log = folder.create("log")) {
      log.write("one\n".getBytes(UTF_8));
      log.flush();
      log.write("two\n".getBytes(UTF_8));
      assertThat(folder.text("log")).isEqualTo("one\n");
    }
    assertThat(folder.text("log")).isEqualTo("one\ntwo\n");
  }

  @Test
  void replacesAFileThatHadAHadoopChecksum() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/a.txt"), "old");
    Files.writeString(directory.resolve("data/.a.txt.crc"), "checksum of the old file");
    folder.write("a.txt", "new");
    assertThat(filesOf("data")).containsExactly("a.txt");
  }

  @Test
  void publishesAWholeFolder() throws IOException {
    Folder partial = folder.partial();
    partial.write("a.txt", "x");
    assertThat(Folder.at(directory.toString(), new Configuration()).list()).isEmpty();
    assertThat(folder.unfinished())
        .extracting(Folder::location)
        .containsExactly(partial.location());
    folder.publish(partial);
    assertThat(folder.text("a.txt")).isEqualTo("x");
    assertThat(folder.unfinished()).isEmpty();
    assertThat(filesOf("")).containsExactly("data");
  }

  @Test
  void publishingNeverOverwrites() throws IOException {
    folder.write("a.txt", "first");
    Folder partial = folder.partial();
    partial.write("a.txt", "second");
    assertThatThrownBy(() -> folder.publish(partial))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("it exists; delete it or choose another folder");
    assertThat(folder.text("a.txt")).isEqualTo("first");
    assertThat(partial.exists()).isFalse();
  }

  @Test
  void appendsWholeLines() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String line = ("" + writer).repeat(500);
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 25; i++) {
                  folder.append("journal.jsonl", line);
                }
                return null;
              }));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    assertThat(folder.lines("journal.jsonl"))
        .hasSize(100)
        .allSatisfy(line -> assertThat(line).matches("0{500}|1{500}|2{500}|3{500}"));
  }

  @Test
  void anAppendRemovesWhatAKilledWriterLeft() throws IOException {
    folder.write("journal.jsonl", "whole\nhal");
    folder.append("journal.jsonl", "next");
    assertThat(folder.text("journal.jsonl")).isEqualTo("whole\nnext\n");
  }

  @Test
  void aLineIsOneLine() {
    assertThatThrownBy(() -> folder.append("journal.jsonl", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it holds a line break");
  }

  @Test
  void whereAFolderIsMovedPieceByPieceItsMarkerComesLast() throws IOException {
    Folder store = store();
    Map<String, Long> complete = Map.of("_SUCCESS", 0L, "a.txt", 1L, "b/_c.txt", 2L, "z.txt", 3L);
    int renames = 0;
    for (boolean killed = true; killed; renames++) {
      store.delete();
      Folder partial = store.partial();
      for (Map.Entry<String, Long> file : complete.entrySet()) {
        partial.write(file.getKey(), "x".repeat(file.getValue().intValue()));
      }
      killed = NoAppendFileSystem.killsAfter(renames, () -> store.publish(partial));
      assertThat(store.exists("_SUCCESS")).isEqualTo(!killed);
    }
    assertThat(renames).isEqualTo(5); // of four entries: none … all
    assertThat(store.files()).isEqualTo(complete);
    assertThat(store.publishesInOneStep()).isFalse();
    assertThat(folder.publishesInOneStep()).isTrue();
  }

  @Test
  void writesAnewWhereNothingCanBeAppended() throws IOException {
    Folder store = store();
    store.append("journal.jsonl", "one");
    store.append("journal.jsonl", "two");
    assertThat(store.text("journal.jsonl")).isEqualTo("one\ntwo\n");
  }

  private Folder store() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    return Folder.at("noappend://store" + directory.resolve("data"), configuration);
  }

  private List<String> filesOf(String name) throws IOException {
    try (var files = Files.list(directory.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "noappend"})
  void aFailedCheckLeavesEverythingAsItIs(String store) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    String place = store.equals("file") ? "" : "noappend://store";
    Folder plain = Folder.at(place + directory.resolve("data"), configuration);
    AtomicBoolean allowed = new AtomicBoolean(true);
    Folder guarded =
        plain.guardedBy(
            () -> {
              if (!allowed.get()) {
                throw new IOException("not any more");
              }
            });
    guarded.write("a.txt", "a");
    guarded.folder("b").replace(partial -> partial.write("b.txt", "b"));
    guarded.folder("c").partial().write("c.txt", "left by a killed writer");
    OutputStream log = guarded.create("log");
    log.write(1);
    log.flush();
    log.write(2);
    SortedMap<String, String> before = FolderContents.of(directory);

    allowed.set(false);
    List<ThrowingCallable> changes =
        List.of(
            () -> guarded.write("a.txt", "changed"),
            () -> guarded.write("new.txt", "new"),
            () -> guarded.create("new.txt").close(),
            () -> guarded.append("a.txt", "more"),
            () -> guarded.move("a.txt", "moved.txt"),
            () -> guarded.delete("a.txt"),
            () -> guarded.folder("b").delete(),
            guarded::deleteUnfinished,
            () -> guarded.folder("b").replace(partial -> partial.write("b.txt", "changed")),
            () -> guarded.folder("new").publish(partial -> partial.write("new.txt", "new")),
            log::flush,
            log::close);
    for (ThrowingCallable change : changes) {
      assertThatThrownBy(change).hasMessage("not any more");
      assertThat(FolderContents.of(directory)).isEqualTo(before);
    }
  }

  /** The check fails when the old folder has been set aside, and another one is in its place. */
  @Test
  void aReplacementThatLosesItsPlaceLeavesTheNewFolder() throws IOException {
    folder.folder("b").write("b.txt", "old");
    AtomicInteger checks = new AtomicInteger();
    Folder guarded =
        folder.guardedBy(
            () -> {
              if (checks.incrementAndGet() == 2) {
                folder.folder("b").write("b.txt", "of another process");
              }
              if (checks.get() >= 2) {
                throw new IOException("not any more");
              }
            });
    assertThatThrownBy(() -> guarded.folder("b").replace(it -> it.write("b.txt", "mine")))
        .hasMessage("not any more");
    assertThat(folder.text("b/b.txt")).isEqualTo("of another process");
    assertThat(folder.unfinished()).isEmpty();
  }
}
