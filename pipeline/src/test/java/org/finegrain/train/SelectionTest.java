package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.finegrain.bigdl.StepTimes;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void theHighestAccuracyOnValidationIsBest() {
    assertThat(best(epoch(1, 0.25, 1), epoch(2, 0.5, 3), epoch(3, 0.375, 1))).isEqualTo(2);
  }

  @Test
  void ofEqualAccuraciesTheLowerLossIsBest() {
    assertThat(best(epoch(1, 0.5, 2), epoch(2, 0.5, 1.5), epoch(3, 0.5, Double.NaN))).isEqualTo(2);
  }

  @Test
  void ofEqualScoresTheEarlierIsBest() {
    assertThat(best(epoch(1, 0.25, 2), epoch(2, 0.5, 2), epoch(3, 0.5, 2))).isEqualTo(2);
  }

  @Test
  void withoutValidationTheLastIsTaken() {
    assertThat(
            best(
                new EpochMetrics(1, 10, 0.1, 1, Optional.empty(), 30, 1, StepTimes.NONE),
                new EpochMetrics(2, 20, 0.1, 2, Optional.empty(), 30, 1, StepTimes.NONE)))
        .isEqualTo(2);
  }

  @Test
  void beforeTheFirstEpochNothingIsSelected() {
    assertThat(Selection.best(List.of())).isEmpty();
  }

  private static int best(EpochMetrics... epochs) {
    return Selection.best(List.of(epochs)).orElseThrow().epoch();
  }

  private static EpochMetrics epoch(int epoch, double top1, double loss) {
    return new EpochMetrics(
        epoch,
        10L * epoch,
        0.1,
        1,
        Optional.of(new Scores(8, top1, 1, top1, loss, 0.1)),
        30,
        1,
        StepTimes.NONE);
  }
}
