package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsExportTest {
  private static final OptionalInt BEST = OptionalInt.empty();

  @TempDir private Path temporary;
  private Folder run;

  @BeforeEach
  void open() throws IOException {
    run = Folder.at(temporary.toUri().toString(), new Configuration(false));
  }

  @Test
  void takesTheEpochThatTheResultNames() throws IOException {
    writeCheckpoints();
    RunFolderTest.result("ab12").write(run);
    assertThat(WeightsExport.of(run, BEST).epoch()).isEqualTo(2);
    assertThat(WeightsExport.of(run, OptionalInt.of(3)).epoch()).isEqualTo(3);
  }

  @Test
  void withoutAReadableResultTakesTheEpochThatTheNewestCheckpointNames() throws IOException {
    writeCheckpoints();
    assertThat(WeightsExport.of(run, BEST).epoch()).isEqualTo(1);
    run.write(RunResult.FILE, "{\"format\": 1, \"run-");
    assertThat(WeightsExport.of(run, BEST).epoch()).isEqualTo(1);
  }

  @Test
  void saysWhichEpochsThereAre() throws IOException {
    assertThatThrownBy(() -> WeightsExport.of(run, BEST))
        .isInstanceOf(RunException.class)
        .hasMessageEndingWith("there is no checkpoint; give the folder of a run, RUNS/RUN-ID");
    writeCheckpoints();
    assertThatThrownBy(() -> WeightsExport.of(run, OptionalInt.of(4)))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot export epoch 4 of ")
        .hasMessageEndingWith("there are checkpoints of epochs [3, 2, 1]");
  }

  @Test
  void doesNotExportDamagedWeights() throws IOException {
    writeCheckpoints();
    run.delete("checkpoints/epoch-0002/model.safetensors");
    assertThatThrownBy(() -> WeightsExport.of(run, OptionalInt.of(2)))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot export: Damaged checkpoint ");
    run.delete("checkpoints/epoch-0001/model.safetensors");
    run.delete("checkpoints/epoch-0003/model.safetensors");
    assertThatThrownBy(() -> WeightsExport.of(run, BEST))
        .isInstanceOf(RunException.class)
        .hasMessageEndingWith("no checkpoint can be read");
  }

  private void writeCheckpoints() throws IOException {
    for (int epoch = 1; epoch <= 3; epoch++) {
      new Checkpoints(run).write(CheckpointsTest.checkpoint(epoch));
    }
  }
}
