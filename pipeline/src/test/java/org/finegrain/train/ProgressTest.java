package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Duration now = Duration.ZERO;

  @Test
  void anEpochIsOneLine() {
    Progress progress = progress(Optional.empty(), 0);
    now = Duration.ofMinutes(10);
    assertThat(progress.line(epoch(2, Optional.of(new Scores(30, 0.4127, 0.8, 0.4, 2, 0.1)))))
        .isEqualTo(
            "run 7f3a19c04d2e  epoch   2/20  loss 3.4120  top-1 41.27 %  lr 9.5e-05  87.3 img/s  left 1 h 30 min");
    assertThat(progress.line(epoch(2, Optional.empty()))).contains("  top-1 -  ");
  }

  @Test
  void redrawsALineOnATerminal() {
    Progress progress =
        progress(Optional.of(new PrintStream(screen, true, StandardCharsets.UTF_8)), 0);
    now = Duration.ofSeconds(3);
    progress.stepEnded(11, 3.25, 0.05, 36);
    progress.stepEnded(12, 3.25, 0.05, 36); // too soon for a redraw
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[Krun 7f3a19c04d2e  epoch   2/20  step 1/10  loss 3.2500  lr 5.0e-02  36.0 img/s  left 51 s");
  }

  @Test
  void timeLeftCountsOnlyStepsOfThisAttempt() {
    Progress progress = progress(Optional.empty(), 190);
    now = Duration.ofSeconds(5);
    assertThat(progress.line(epoch(20, Optional.empty()))).endsWith("left 0 s");
    assertThat(
            progress.line(
                new EpochMetrics(
                    19,
                    195,
                    0.1,
                    new EpochLoss(1, Map.of()),
                    Optional.empty(),
                    1,
                    1,
                    StepTimes.NONE)))
        .endsWith("left 5 s");
  }

  @Test
  void durationsShowTheirTwoLargestUnits() {
    assertThat(DurationText.of(Duration.ofSeconds(9))).isEqualTo("9 s");
    assertThat(DurationText.of(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
    assertThat(DurationText.of(Duration.ofMinutes(215))).isEqualTo("3 h 35 min");
    assertThat(DurationText.of(Duration.ofMinutes(215).plusDays(18))).isEqualTo("18 d 3 h");
  }

  private Progress progress(Optional<PrintStream> terminal, long firstStep) {
    return new Progress("7f3a19c04d2e", 20, 10, firstStep, terminal, () -> now.toNanos());
  }

  private static EpochMetrics epoch(int epoch, Optional<Scores> val) {
    return new EpochMetrics(
        epoch, 10L * epoch, 9.5e-5, new EpochLoss(3.412, Map.of()), val, 87.3, 8, StepTimes.NONE);
  }
}
