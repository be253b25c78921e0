package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.Folder;
import org.finegrain.storage.UnreadableFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void openFolder() throws IOException {
    folder = Folder.at(temporary.toUri().toString(), new Configuration(false));
  }

  @Test
  void hasALineForEachEpoch() throws IOException {
    MetricsFile file = MetricsFile.openAfter(0, folder);
    file.add(epoch(1, Optional.of(new Scores(30, 0.25, 0.5, 0.2, 2.5, 0.125))));
    file.add(epoch(2, Optional.empty()));
    assertThat(folder.lines(MetricsFile.NAME))
        .containsExactly(
            "{\"epoch\":1,\"step\":10,\"learning-rate\":0.05,\"train-loss\":2.25,\"train-losses\":{\"cc\":10.5},"
                + "\"val-samples\":30,\"val-loss\":2.5,\"val-top1\":0.25,\"val-top5\":0.5,"
                + "\"val-mean-class-accuracy\":0.2,\"val-calibration-error\":0.125,"
                + "\"images-per-second\":36.5,\"seconds\":8.0,"
                + "\"seconds-waiting\":1.0,\"seconds-computing\":4.5,"
                + "\"seconds-straggling\":0.25,\"seconds-exchanging\":0.5}",
            "{\"epoch\":2,\"step\":20,\"learning-rate\":0.05,\"train-loss\":2.25,\"train-losses\":{\"cc\":10.5},"
                + "\"val-samples\":null,\"val-loss\":null,\"val-top1\":null,\"val-top5\":null,"
                + "\"val-mean-class-accuracy\":null,\"val-calibration-error\":null,"
                + "\"images-per-second\":36.5,\"seconds\":8.0,"
                + "\"seconds-waiting\":1.0,\"seconds-computing\":4.5,"
                + "\"seconds-straggling\":0.25,\"seconds-exchanging\":0.5}");
  }

  @Test
  void laterEpochsAreDroppedOnResume() throws IOException {
    MetricsFile before = MetricsFile.openAfter(0, folder);
    for (int epoch = 1; epoch <= 3; epoch++) {
      before.add(epoch(epoch, Optional.empty()));
    }
    MetricsFile resumed = MetricsFile.openAfter(1, folder);
    assertThat(resumed.epochs()).containsExactly(epoch(1, Optional.empty()));
    resumed.add(epoch(2, Optional.empty()));
    assertThat(folder.lines(MetricsFile.NAME)).hasSize(2);
  }

  @Test
  void aLineOfAnEarlierVersionLacksScores() throws IOException {
    folder.write(
        MetricsFile.NAME,
        "{\"epoch\":1,\"step\":10,\"learning-rate\":0.05,\"train-loss\":2.25,\"val-samples\":30,"
            + "\"val-loss\":2.5,\"val-top1\":0.25,\"val-top5\":0.5,\"images-per-second\":36.5,"
            + "\"seconds\":8.0}\n");
    assertThat(MetricsFile.openAfter(1, folder).epochs())
        .containsExactly(
            new EpochMetrics(
                1,
                10,
                0.05,
                new EpochLoss(2.25, Map.of()),
                Optional.of(new Scores(30, 0.25, 0.5, Double.NaN, 2.5, Double.NaN)),
                36.5,
                8,
                new StepTimes(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
  }

  /** The file of an earlier version decides the selected epoch, so that it must not be damaged. */
  @Test
  void damagedLinesAreRestoredFromTheCheckpoint() throws IOException {
    Checkpoint start = CheckpointsTest.checkpoint(3);
    MetricsFile whole = MetricsFile.openAfter(Optional.of(start), folder);
    assertThat(whole.epochs()).isEqualTo(start.epochs());
    String text = folder.text(MetricsFile.NAME);
    assertThat(text).hasLineCount(3);
    for (String damaged :
        new String[] {
          "", text.substring(0, 70), text.replaceFirst("\"val-top1\":0.5", "\"val-top1\":9.25"), "["
        }) {
      folder.write(MetricsFile.NAME, damaged);
      assertThat(MetricsFile.openAfter(Optional.of(start), folder).epochs())
          .isEqualTo(start.epochs());
      assertThat(folder.text(MetricsFile.NAME)).isEqualTo(text);
    }
  }

  @Test
  void anImpossibleValueIsRefused() throws IOException {
    folder.write(
        MetricsFile.NAME,
        "{\"epoch\":1,\"step\":10,\"val-samples\":30,\"val-loss\":2.5,\"val-top1\":9.25}\n");
    assertThatThrownBy(() -> MetricsFile.openAfter(1, folder))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "Cannot read %s: line 1: its val-top1 cannot be 9.25 (must be from 0 to 1)",
            folder.location(MetricsFile.NAME));
  }

  @Test
  void aMissingLineIsAFault() throws IOException {
    MetricsFile.openAfter(0, folder).add(epoch(1, Optional.empty()));
    assertThatThrownBy(() -> MetricsFile.openAfter(2, folder))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot resume after epoch 2: ")
        .hasMessageEndingWith("delete the run folder to start again");
  }

  private static EpochMetrics epoch(int epoch, Optional<Scores> val) {
    return new EpochMetrics(
        epoch,
        10L * epoch,
        0.05,
        new EpochLoss(2.25, Map.of("cc", 10.5)),
        val,
        36.5,
        8,
        new StepTimes(1, 4.5, 0.25, 0.5));
  }
}
