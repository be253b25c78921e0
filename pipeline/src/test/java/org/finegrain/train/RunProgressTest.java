package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.TinyExperiment.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProgressTest {
  private static final RunProgress WHOLE =
      new RunProgress(
          OptionalInt.of(3),
          OptionalInt.of(100),
          OptionalDouble.of(0.5),
          OptionalDouble.of(30),
          OptionalDouble.of(20));

  @TempDir private Path temporary;
  private Folder run;

  @BeforeEach
  void write() throws IOException {
    run = folder(temporary);
    run.write(
        RunFolder.CONFIG,
        ExperimentConfig.DEFAULTS.withOverrides(Map.of("train.epochs", "100")).render());
    run.write(MetricsFile.NAME, line(1, 0.25, 10) + line(2, 0.5, 20) + line(3, 0.4, 30));
  }

  @Test
  void readsHowFarTheRunHasCome() {
    assertThat(RunProgress.read(run)).isEqualTo(WHOLE);
  }

  @Test
  void aDamagedLineCostsOnlyItself() throws IOException {
    run.write(MetricsFile.NAME, line(1, 0.25, 20) + "{\"epoch\": 2, \"st\n" + line(3, 0.5, 20));
    assertThat(RunProgress.read(run).epochs()).hasValue(3);
    assertThat(RunProgress.read(run).bestTop1()).hasValue(0.5);
    assertThat(RunProgress.read(run).secondsPerEpoch()).hasValue(20);
  }

  @Test
  void aDamagedFileCostsOnlyWhatItSays() throws IOException {
    run.write(MetricsFile.NAME, "");
    assertThat(RunProgress.read(run))
        .isEqualTo(
            new RunProgress(
                OptionalInt.empty(),
                OptionalInt.of(100),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
    run.delete(MetricsFile.NAME);
    assertThat(RunProgress.read(run).epochs()).as("no epoch was completed").hasValue(0);

    write();
    run.write(RunFolder.CONFIG, "train.epochs = many\n");
    assertThat(RunProgress.read(run).allEpochs()).isEmpty();
    run.delete(RunFolder.CONFIG);
    assertThat(RunProgress.read(run).allEpochs()).isEmpty();
    assertThat(RunProgress.read(run).epochs()).hasValue(3);
  }

  @Test
  void aResultSaysItAll() {
    RunProgress progress = RunProgress.of(RunFolderTest.result("ab12"));
    assertThat(progress.epochs()).isPresent();
    assertThat(progress.secondsPerEpoch()).isPresent();
  }

  private static String line(int epoch, double top1, double seconds) {
    return new EpochMetrics(
                epoch,
                epoch * 10L,
                0.1,
                new EpochLoss(1, Map.of()),
                Optional.of(new Scores(20, top1, 1, top1, 1, 0)),
                10.0 * epoch,
                seconds,
                StepTimes.NONE)
            .toJson()
        + "\n";
  }
}
