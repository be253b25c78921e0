package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.NamedTensors;
import org.finegrain.storage.Folder;
import org.finegrain.storage.NoAppendFileSystem;
import org.finegrain.storage.UnreadableFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final RunKey RUN = new RunKey("7f3a19c04d2e", "ab12", 3, 2);

  @TempDir private Path temporary;
  private Checkpoints checkpoints;

  @BeforeEach
  void openFolder() throws IOException {
    checkpoints =
        new Checkpoints(Folder.at(temporary.toUri().toString(), new Configuration(false)));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    checkpoints.write(checkpoint(7));
    assertThat(checkpoints.newest()).contains(checkpoint(7));
    assertThat(folder(7)).isDirectoryContaining("glob:**/_SUCCESS");
  }

  @Test
  void readsAveragedWeights() throws IOException {
    TrainingState state = checkpoint(2).state();
    Checkpoint averaged =
        new Checkpoint(
            new TrainingState(
                2, 20, state.weights(), state.memory(), state.weights(), Optional.empty()),
            RUN,
            1,
            0.5,
            1,
            EpochTime.NONE,
            List.of());
    checkpoints.write(averaged);
    assertThat(checkpoints.newest()).contains(averaged);
    flipLastByte(folder(2).resolve("ema.safetensors"));
    assertThat(checkpoints.newest()).isEmpty();
  }

  @Test
  void theSameStateGivesTheSameTensorFiles() throws IOException {
    checkpoints.write(checkpoint(1));
    byte[] first = Files.readAllBytes(folder(1).resolve("model.safetensors"));
    checkpoints.write(checkpoint(1));
    assertThat(folder(1).resolve("model.safetensors")).hasBinaryContent(first);
  }

  @Test
  void aFolderWithoutMarkerIsNotACheckpoint() throws IOException {
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    Files.delete(folder(2).resolve("_SUCCESS"));
    assertThat(checkpoints.epochs()).containsExactly(1);
  }

  @Test
  void aDamagedCheckpointIsLeftOut() throws IOException {
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    checkpoints.write(checkpoint(3));
    flipLastByte(folder(3).resolve("model.safetensors"));
    Files.writeString(folder(2).resolve("state.json"), "{\"format\": 1, \"epo");
    Files.writeString(folder(2).resolve("_SUCCESS"), "");
    assertThat(checkpoints.newest().orElseThrow().epoch()).isEqualTo(1);
    assertThatThrownBy(() -> checkpoints.read(3))
        .isInstanceOf(Checkpoints.DamagedException.class)
        .hasMessageStartingWith("Damaged checkpoint " + temporary.toUri().getScheme())
        .hasMessageContaining("epoch-0003: model.safetensors has SHA-256 ");
  }

  /** A checkpoint can be read without one of its small files, and without its marker. */
  @Test
  void aCheckpointSurvivesTheLossOfASmallFile() throws IOException {
    checkpoints.write(checkpoint(3));
    for (String damage : new String[] {"", "{\"format\": 1, \"epo", "[]", "{\"format\": 1}"}) {
      Files.writeString(folder(3).resolve("state.json"), damage);
      assertThat(checkpoints.newest()).as(damage).contains(checkpoint(3));
    }
    Files.delete(folder(3).resolve("state.json"));
    assertThat(checkpoints.newest()).contains(checkpoint(3));
    checkpoints.write(checkpoint(3));
    Files.writeString(folder(3).resolve("_SUCCESS"), "");
    assertThat(checkpoints.newest()).contains(checkpoint(3));
    Files.delete(folder(3).resolve("_SUCCESS"));
    assertThat(checkpoints.newest()).contains(checkpoint(3));
  }

  @Test
  void aChangedStateIsRefused() throws IOException {
    checkpoints.write(checkpoint(3));
    String state = Files.readString(folder(3).resolve("state.json"));
    Files.writeString(folder(3).resolve("_SUCCESS"), "");
    for (String[] change :
        new String[][] {
          {"\"step\" : 30", "\"step\" : 60", "it was changed after it was written"},
          {"\"val-top1\" : 0.5", "\"val-top1\" : 9.25", "it was changed after it was written"},
        }) {
      assertThat(state).contains(change[0]);
      Files.writeString(folder(3).resolve("state.json"), state.replace(change[0], change[1]));
      assertThatThrownBy(() -> checkpoints.read(3))
          .isInstanceOf(Checkpoints.DamagedException.class)
          .hasMessageEndingWith("epoch-0003: state.json: " + change[2]);
    }
  }

  @Test
  void aCheckpointUnderAnotherNameIsRefused() throws IOException {
    checkpoints.write(checkpoint(3));
    Files.move(folder(3), folder(4));
    assertThat(checkpoints.newest()).isEmpty();
    assertThatThrownBy(() -> checkpoints.read(4))
        .isInstanceOf(Checkpoints.DamagedException.class)
        .hasMessageEndingWith("epoch-0004: state.json belongs to epoch 3");
  }

  /** Checkpoints of earlier versions hold no metrics. */
  @Test
  void anImpossibleStateWithoutChecksumIsRefused() throws IOException {
    checkpoints.write(checkpoint(3));
    Files.writeString(folder(3).resolve("_SUCCESS"), "");
    String state =
        Files.readString(folder(3).resolve("state.json"))
            .replaceAll("\"checksum\" : \"[0-9a-f]{64}\",?", "\"x\" : 0")
            .replaceAll("(?s)\"epochs\" : \\[.*?\\],", "");
    Files.writeString(folder(3).resolve("state.json"), state);
    assertThat(checkpoints.read(3).epochs()).isEmpty();
    String one = SelectionTest.epoch(1, 1, 0.5).toJson().toString();
    Files.writeString(
        folder(3).resolve("state.json"), state.replace("\"x\" : 0", "\"epochs\" : [" + one + "]"));
    assertThatThrownBy(() -> checkpoints.read(3))
        .isInstanceOf(Checkpoints.DamagedException.class)
        .hasMessageEndingWith("it does not hold the metrics of all its epochs");
    for (String step : new String[] {"-30", "0", "31"}) {
      Files.writeString(
          folder(3).resolve("state.json"), state.replace("\"step\" : 30", "\"step\" : " + step));
      assertThatThrownBy(() -> checkpoints.read(3))
          .isInstanceOf(Checkpoints.DamagedException.class)
          .hasMessageContaining("step cannot be " + step);
    }
  }

  @Test
  void aCheckpointOfALaterVersionIsNotLeftOut() throws IOException {
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    Files.writeString(folder(2).resolve("state.json"), "{\"format\": 2}");
    assertThatThrownBy(checkpoints::newest)
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("epoch-0002/state.json: it has format 2, this version reads 1");
  }

  @Test
  void damagedCheckpointsWereWritten() throws IOException {
    assertThat(checkpoints.wereWritten()).isFalse();
    checkpoints.write(checkpoint(1));
    flipLastByte(folder(1).resolve("model.safetensors"));
    assertThat(checkpoints.newest()).isEmpty();
    assertThat(checkpoints.wereWritten()).isTrue();
    Files.delete(folder(1).resolve("_SUCCESS"));
    assertThat(checkpoints.wereWritten()).isTrue();
  }

  @Test
  void aCheckpointThatLacksAFileIsLeftOut() throws IOException {
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    Files.delete(folder(2).resolve("optimizer.safetensors"));
    assertThat(checkpoints.names()).hasSize(2);
    assertThat(checkpoints.newest()).contains(checkpoint(1));
  }

  /** The store moves a folder file by file. */
  @Test
  void aKilledWriterLeavesThePreviousCheckpoint() throws IOException {
    Checkpoints store = inStore();
    store.write(checkpoint(1));
    int renames = 0;
    while (NoAppendFileSystem.killsAfter(renames, () -> store.write(checkpoint(2)))) {
      assertThat(store.names()).containsExactly(CheckpointName.afterEpoch(1));
      assertThat(store.newest()).contains(checkpoint(1));
      renames++;
    }
    assertThat(renames).isEqualTo(8); // four files, each written and moved
    assertThat(store.newest()).contains(checkpoint(2));
  }

  /** An older checkpoint would silently lose work. */
  @Test
  void anUnreachableCheckpointIsNotTreatedAsDamaged() throws IOException {
    Checkpoints store = inStore();
    store.write(checkpoint(1));
    store.write(checkpoint(2));
    NoAppendFileSystem.outage(true);
    try {
      assertThatThrownBy(store::newest)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Checkpoints.DamagedException.class)
          .hasMessageContaining("Cannot read checkpoint noappend://store")
          .hasMessageContaining("epoch-0002: ")
          .hasMessageEndingWith("Connection refused");
    } finally {
      NoAppendFileSystem.outage(false);
    }
    assertThat(store.newest()).contains(checkpoint(2));
  }

  @Test
  void aDamagedCheckpointIsReplaced() throws IOException {
    checkpoints.write(checkpoint(1));
    flipLastByte(folder(1).resolve("optimizer.safetensors"));
    assertThat(checkpoints.newest()).isEmpty();
    checkpoints.write(checkpoint(1));
    assertThat(checkpoints.newest()).contains(checkpoint(1));
  }

  @Test
  void keepsTheNewestAndTheBest() throws IOException {
    for (int epoch = 1; epoch <= 5; epoch++) {
      checkpoints.write(checkpoint(epoch));
    }
    checkpoints.prune(2, 1);
    assertThat(checkpoints.epochs()).containsExactly(5, 4, 1);
    checkpoints.prune(3, 4);
    assertThat(checkpoints.epochs()).containsExactly(5, 4, 1);
    checkpoints.prune(1, 5);
    assertThat(checkpoints.epochs()).containsExactly(5);
  }

  @Test
  void readsACheckpointWithinAnEpoch() throws IOException {
    checkpoints.write(checkpoint(7));
    checkpoints.write(within(7, 73));
    assertThat(checkpoints.names())
        .containsExactly(new CheckpointName(7, 73), CheckpointName.afterEpoch(7));
    assertThat(checkpoints.newest()).contains(within(7, 73));
    assertThat(checkpoints.epochs()).containsExactly(7);
    flipLastByte(temporary.resolve("checkpoints/epoch-0007-step-00000073/replicas.safetensors"));
    assertThat(checkpoints.newest()).contains(checkpoint(7));
  }

  @Test
  void checkpointsWithinEpochsCountAmongTheNewest() throws IOException {
    checkpoints.write(checkpoint(1));
    checkpoints.write(within(1, 12));
    checkpoints.write(checkpoint(2));
    checkpoints.write(within(2, 23));
    checkpoints.write(within(2, 26));
    checkpoints.prune(2, 1);
    assertThat(checkpoints.names())
        .containsExactly(
            new CheckpointName(2, 26), new CheckpointName(2, 23), CheckpointName.afterEpoch(1));
  }

  @Test
  void stateNamesItsRun() throws IOException {
    checkpoints.write(checkpoint(1));
    assertThat(Files.readString(folder(1).resolve("state.json"), StandardCharsets.UTF_8))
        .contains("\"run-id\" : \"7f3a19c04d2e\"", "\"replicas\" : 2", "\"best-epoch\" : 1")
        .contains("\"code-version\" : \"0.1.0");
  }

  private Checkpoints inStore() throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.noappend.impl", NoAppendFileSystem.class.getName());
    return new Checkpoints(Folder.at("noappend://store" + temporary, configuration));
  }

  private Path folder(int epoch) {
    return temporary
        .resolve("checkpoints")
        .resolve(String.format(Locale.ROOT, "epoch-%04d", epoch));
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  static Checkpoint checkpoint(int epoch) {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    weights.put("fc.weight", new FloatTensor(new float[] {epoch, 2, 3, 4}, 2, 2));
    weights.put("bn1.running_mean", new FloatTensor(new float[] {0.1f}, 1));
    return new Checkpoint(
        new TrainingState(
            epoch,
            10L * epoch,
            NamedTensors.of(weights),
            NamedTensors.of(Map.of("fc.weight", new FloatTensor(new float[4], 2, 2)))),
        RUN,
        1,
        0.5,
        epoch - 1,
        EpochTime.NONE,
        IntStream.rangeClosed(1, epoch)
            .mapToObj(it -> SelectionTest.epoch(it, 1.0 / it, Double.NaN))
            .toList());
  }

  private static Checkpoint within(int epoch, long step) {
    TrainingState whole = checkpoint(epoch).state();
    EpochSoFar soFar =
        new EpochSoFar(
            1 / 3.0,
            List.of(List.of(0.1, -2e-300), List.of(1 / 7.0, 3.0)),
            List.of(estimate(0.1f), estimate(0.2f)));
    return new Checkpoint(
        new TrainingState(
            epoch, step, whole.weights(), whole.memory(), whole.averaged(), Optional.of(soFar)),
        RUN,
        0,
        Double.NaN,
        0,
        new EpochTime(5.5, 32, 3.25, new StepTimes(0.5, 2, 0.25, 0.75)),
        checkpoint(epoch).epochs());
  }

  private static NamedTensors estimate(float value) {
    return NamedTensors.of(Map.of("bn1.running_mean", new FloatTensor(new float[] {value}, 1)));
  }
}
