package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.RunOptions.Existing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  /** The run of {@link CheckpointsTest#checkpoint}, whose epochs have ten steps. */
  private static final RunKey RUN = new RunKey("7f3a19c04d2e", "ab12", 3, 2);

  private static final int STEPS = 10;

  @TempDir private Path temporary;
  private Folder runs;
  private RunFolder folder;

  @BeforeEach
  void open() throws IOException {
    runs = Folder.at(temporary.toUri().toString(), new Configuration(false));
    folder = new RunFolder(runs, RUN);
  }

  @Test
  void saysWhatItHolds() throws IOException {
    assertThat(folder.existing()).isEqualTo("nothing");
    folder.checkpoints().write(CheckpointsTest.checkpoint(2));
    assertThat(folder.existing()).isEqualTo("unfinished, checkpoint after epoch 2");
    result("ab12").write(folder.folder());
    assertThat(folder.existing()).isEqualTo("complete");
  }

  @Test
  void aResultOnOtherDataIsNotReplaced() throws IOException {
    result("cd34").write(folder.folder());
    assertThatThrownBy(folder::result)
        .isInstanceOf(RunException.class)
        .hasMessage(
            "Cannot carry out run 7f3a19c04d2e in "
                + folder.folder()
                + ": there is a result on other data (fingerprint cd34, now ab12); use another"
                + " folder, or delete it");
  }

  @Test
  void aDamagedResultIsNoneAndOneOfALaterVersionStays() throws IOException {
    folder.folder().write(RunResult.FILE, "{\"format\": 1, \"run-");
    assertThat(folder.result()).isEmpty();
    folder.folder().write(RunResult.FILE, "{\"format\": 2}");
    assertThatThrownBy(folder::result)
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("result.json: it has format 2, this version reads 1");
  }

  @Test
  void anUnfinishedRunGoesOnOnlyWhenAsked() throws IOException {
    folder.requireMayGoOn(Existing.REFUSE);
    assertThat(folder.checkpointToResume(STEPS)).isEmpty();
    folder.checkpoints().write(CheckpointsTest.checkpoint(2));
    assertThatThrownBy(() -> folder.requireMayGoOn(Existing.REFUSE))
        .isInstanceOf(RunException.class)
        .hasMessageEndingWith(
            "holds an unfinished run; continue it with --resume, or delete the folder");
    folder.requireMayGoOn(Existing.RESUME);
    assertThat(folder.checkpointToResume(STEPS)).contains(CheckpointsTest.checkpoint(2));
  }

  @Test
  void aRunWhoseCheckpointsAreAllDamagedDoesNotBeginAgainUnasked() throws IOException {
    folder.checkpoints().write(CheckpointsTest.checkpoint(1));
    folder.folder().delete("checkpoints/epoch-0001/model.safetensors");
    assertThatThrownBy(() -> folder.checkpointToResume(STEPS))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot resume run 7f3a19c04d2e: none of its checkpoints in ")
        .hasMessageContaining(" is whole; restore one from a copy");
  }

  @Test
  void whatWouldGiveOtherWeightsIsNotContinued() throws IOException {
    folder.checkpoints().write(CheckpointsTest.checkpoint(2));
    RunFolder onOne = new RunFolder(runs, new RunKey("7f3a19c04d2e", "ab12", 3, 1));
    assertThatThrownBy(() -> onOne.checkpointToResume(STEPS))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("epoch-0002: it was trained with 2 replicas, now there are 1")
        .hasMessageEndingWith("; or delete the run folder to start again");
    assertThatThrownBy(() -> folder.checkpointToResume(STEPS + 1))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("epoch-0002: its step cannot be 20 after 2 epochs of 11 steps");
  }

  static RunResult result(String dataFingerprint) {
    return new RunResult(
        new RunKey("7f3a19c04d2e", dataFingerprint, 3, 2),
        "cub",
        RunResult.State.COMPLETED,
        Optional.empty(),
        new RunResult.Length(3, OptionalInt.of(2), false),
        Optional.empty(),
        Optional.empty(),
        new RunResult.Network(2, 4, OptionalLong.empty()),
        new RunResult.Speed(10, 1),
        new TreeMap<>());
  }
}
