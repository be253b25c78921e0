package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultTest {
  private final RunResult result =
      new RunResult(
          new RunKey("7f3a19c04d2e", "ab12", 3, 2),
          "cub",
          RunResult.State.COMPLETED,
          Optional.empty(),
          new RunResult.Length(60, OptionalInt.of(41), true),
          Optional.of(new Scores(30, 0.4, 0.8, 0.375, 1.75, 0.0625)),
          Optional.of(new Scores(243, 106.0 / 243, 0.81, 0.43, 1.8125, 0.125)),
          new RunResult.Network(10, 11_181_642, OptionalLong.of(1_820_000_000)),
          new RunResult.Speed(36.5, 512.25),
          new TreeMap<>(Map.of("loss.eta", "3", "model.attention.k", "5")));

  @Test
  void readsWhatItWrote(@TempDir Path temporary) throws IOException {
    Folder folder = Folder.at(temporary.toUri().toString(), new Configuration(false));
    assertThat(RunResult.read(folder)).isEmpty();
    result.write(folder);
    assertThat(RunResult.read(folder)).contains(result);
  }

  @Test
  void writesTheFieldsOfTheFormat() {
    assertThat(result.toJson())
        .contains("\"format\" : 1", "\"run-id\" : \"7f3a19c04d2e\"", "\"state\" : \"completed\"")
        .contains("\"message\" : null", "\"best-epoch\" : 41", "\"loss.eta\" : \"3\"")
        .contains("\"hits\" : 12", "\"hits\" : 106");
  }

  @Test
  void aRunThatDivergedHasNoScores() {
    RunResult diverged =
        new RunResult(
            new RunKey("7f3a19c04d2e", "ab12", 3, 1),
            "cub",
            RunResult.State.DIVERGED,
            Optional.of("loss NaN"),
            new RunResult.Length(0, OptionalInt.empty(), false),
            Optional.empty(),
            Optional.empty(),
            new RunResult.Network(10, 1, OptionalLong.empty()),
            new RunResult.Speed(Double.NaN, 1),
            new TreeMap<>());
    assertThat(diverged.toJson()).contains("\"images-per-second\" : null", "\"test\" : null");
    assertThat(RunResult.of(JsonFile.parse(diverged.toJson()))).isEqualTo(diverged);
  }

  @Test
  void refusesWhatCannotBe() {
    for (String[] change :
        new String[][] {
          {"\"top5\" : 0.81", "\"top5\" : 9.25", "its top5 cannot be 9.25 (must be from 0 to 1)"},
          {"\"completed\"", "\"done\"", "its state is neither completed nor diverged"},
          {"\"seed\" : 3", "\"seed\" : null", "its seed cannot be null (must be a whole number)"},
          {"\"classes\"", "\"clases\"", "it lacks classes"},
        }) {
      String changed = result.toJson().replace(change[0], change[1]);
      assertThatThrownBy(() -> RunResult.of(JsonFile.parse(changed)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(change[2]);
    }
  }
}
