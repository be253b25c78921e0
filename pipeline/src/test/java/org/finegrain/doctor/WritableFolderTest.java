package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.doctor.Finding.Verdict;
import org.finegrain.storage.Folder;
import org.finegrain.storage.NoAppendFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableFolderTest {
  @TempDir private Path temporary;

  @Test
  void leavesNothingBehind() throws IOException {
    Finding finding = examine(temporary.resolve("runs"));
    assertThat(finding.text())
        .endsWith(
            "runs: writes files, replaces them, publishes folders in one step, and never over another");
    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
    assertThat(temporary.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void saysWhereAFolderIsNotPublishedInOneStep() throws IOException {
    Configuration conf = new Configuration(false);
    conf.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    Finding finding =
        new WritableFolder(Folder.at("noappend://store" + temporary.resolve("runs"), conf))
            .examine();
    assertThat(finding.text())
        .endsWith("publishes folders file by file with the marker last, and never over another");
    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aFailureNamesTheRemedy() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");
    Finding finding = examine(file.resolve("runs"));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.text())
        .startsWith("Cannot write to file:" + file.resolve("runs"))
        .contains("choose another --out");
  }

  /** Uses a store on which a rename replaces what is there. */
  @Test
  void aRenameOverWhatIsThereFails() throws IOException {
    Configuration conf = new Configuration(false);
    conf.setClass(
        "fs.careless.impl", CarelessFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    Finding finding =
        new WritableFolder(Folder.at("careless:" + temporary.resolve("runs"), conf)).examine();
    assertThat(finding.text()).contains("replaces the one there");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
  }

  private static Finding examine(Path folder) throws IOException {
    return new WritableFolder(Folder.at(folder.toUri().toString(), new Configuration(false)))
        .examine();
  }
}
