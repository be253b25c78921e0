package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
  @Test
  void theHighestAccuracyOnValidationIsBest() {
    assertThat(best(epoch(1, 0.25, 1), epoch(2, 0.5, 3), epoch(3, 0.375, 1))).isEqualTo(2);
  }

  @Test
  void amongEqualAccuraciesTheLowerLossIsBest() {
    assertThat(best(epoch(1, 0.5, 2), epoch(2, 0.5, 1.5), epoch(3, 0.5, Double.NaN))).isEqualTo(2);
  }

  @Test
  void amongEqualScoresTheEarlierIsBest() {
    assertThat(best(epoch(1, 0.25, 2), epoch(2, 0.5, 2), epoch(3, 0.5, 2))).isEqualTo(2);
  }

  @Test
  void withoutValidationTheLastEpochIsSelected() {
    assertThat(
            best(
                new EpochMetrics(
                    1,
                    10,
                    0.1,
                    new EpochLoss(1, Map.of()),
                    Optional.empty(),
                    30,
                    1,
                    StepTimes.NONE),
                new EpochMetrics(
                    2,
                    20,
                    0.1,
                    new EpochLoss(2, Map.of()),
                    Optional.empty(),
                    30,
                    1,
                    StepTimes.NONE)))
        .isEqualTo(2);
  }

  @Test
  void beforeTheFirstEpochNothingIsSelected() {
    assertThat(Selection.ALL_EPOCHS.best(List.of())).isEmpty();
  }

  @Test
  void theNextBestEpochReplacesALostOne(@TempDir Path temporary) throws IOException {
    Checkpoints checkpoints =
        new Checkpoints(Folder.at(temporary.toString(), new Configuration(false)));
    List<EpochMetrics> epochs =
        List.of(epoch(1, 0.75, 1), epoch(2, 0.5, 1), epoch(3, 0.625, 1), epoch(4, 0.25, 1));
    for (int epoch : new int[] {1, 3, 4}) { // the checkpoint of 2 was deleted, as 1 was better
      checkpoints.write(CheckpointsTest.checkpoint(epoch));
    }
    assertThat(Selection.among(epochs, checkpoints)).isEqualTo(Selection.ALL_EPOCHS);
    Files.write(temporary.resolve("checkpoints/epoch-0001/model.safetensors"), new byte[9]);
    Selection left = Selection.among(epochs, checkpoints);
    assertThat(left.best(epochs).orElseThrow().epoch()).isEqualTo(3);
    assertThat(left.lossNotice(epochs).orElseThrow())
        .startsWith("The checkpoint of epoch 1, which validation selected, is lost; ");
    Files.delete(temporary.resolve("checkpoints/epoch-0003/model.safetensors"));
    Files.delete(temporary.resolve("checkpoints/epoch-0004/optimizer.safetensors"));
    assertThat(Selection.among(epochs, checkpoints).best(epochs)).isEmpty();
  }

  private static int best(EpochMetrics... epochs) {
    return Selection.ALL_EPOCHS.best(List.of(epochs)).orElseThrow().epoch();
  }

  static EpochMetrics epoch(int epoch, double top1, double loss) {
    return new EpochMetrics(
        epoch,
        10L * epoch,
        0.1,
        new EpochLoss(1, Map.of()),
        Optional.of(new Scores(8, top1, 1, top1, loss, 0.1)),
        30,
        1,
        StepTimes.NONE);
  }
}
