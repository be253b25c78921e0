package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.NamedTensors;
import org.finegrain.train.StoppingRule.Verdict;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
  private static final long SECOND = 1_000_000_000;
  private static final Verdict STOP = Verdict.STOP_EARLY;

  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicBoolean interrupted = new AtomicBoolean();

  @Test
  void stopsWhenPatienceRunsOut() {
    StoppingRule rule = rule(Map.of("train.early-stopping.patience", "2"), Optional.empty());
    assertThat(verdicts(rule, 1, 0.1, 0.3, 0.3, 0.31, 0.2))
        .containsExactly(Verdict.GO_ON, Verdict.GO_ON, Verdict.GO_ON, Verdict.GO_ON, Verdict.GO_ON);
    assertThat(verdicts(rule, 6, 0.31)).as("equal is not better").containsExactly(STOP);
    assertThat(rule.last()).isEqualTo(STOP);
  }

  @Test
  void continuesTheCountOfTheCheckpoint() {
    Map<String, String> patience = Map.of("train.early-stopping.patience", "3");
    StoppingRule before = rule(patience, Optional.empty());
    verdicts(before, 1, 0.5, 0.4, 0.4);
    StoppingRule resumed = rule(patience, Optional.of(checkpoint(3, 0.5, 2)));
    assertThat(before.epochsWithoutGain()).isEqualTo(2);
    assertThat(resumed.epochsWithoutGain()).isEqualTo(2);
    assertThat(resumed.last()).isEqualTo(Verdict.GO_ON);
    assertThat(verdicts(resumed, 4, 0.45)).containsExactly(STOP);
  }

  @Test
  void aResumedTrainingStaysStopped() {
    StoppingRule resumed =
        rule(Map.of("train.early-stopping.patience", "3"), Optional.of(checkpoint(4, 0.5, 3)));
    assertThat(resumed.last()).isEqualTo(STOP);
  }

  @Test
  void withoutPatienceItNeverStops() {
    assertThat(verdicts(rule(Map.of(), Optional.empty()), 1, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1))
        .containsOnly(Verdict.GO_ON);
  }

  @Test
  void pausesWhenTimeRunsOut() {
    StoppingRule rule = rule(Map.of("train.max-duration", "10s"), Optional.empty());
    nanoTime.set(9 * SECOND);
    assertThat(rule.isPauseDue()).isFalse();
    assertThat(rule.after(epoch(1, 0.1, 9))).isEqualTo(Verdict.GO_ON);
    nanoTime.set(11 * SECOND);
    assertThat(rule.isPauseDue()).isTrue();
    assertThat(rule.withinEpoch()).isEqualTo(Verdict.PAUSE);
    assertThat(rule.after(epoch(2, 0.1, 2))).isEqualTo(Verdict.PAUSE);
    assertThat(rule.last()).isEqualTo(Verdict.PAUSE);
  }

  @Test
  void pausesAfterTheEpochThatItsCallerNamesUnlessItIsTheLastOne() {
    Map<String, String> three = Map.of("train.epochs", "3");
    StoppingRule rule = rule(three, Optional.empty(), OptionalInt.of(2));
    assertThat(rule.withinEpoch()).isEqualTo(Verdict.GO_ON);
    assertThat(verdicts(rule, 1, 0.1, 0.1)).containsExactly(Verdict.GO_ON, Verdict.PAUSE);
    assertThat(rule(three, Optional.of(checkpoint(2, 0.5, 0)), OptionalInt.of(2)).last())
        .as("it has come so far")
        .isEqualTo(Verdict.PAUSE);
    assertThat(rule(three, Optional.of(checkpoint(1, 0.5, 0)), OptionalInt.of(2)).last())
        .isEqualTo(Verdict.GO_ON);
    assertThat(verdicts(rule(three, Optional.empty(), OptionalInt.of(3)), 3, 0.1))
        .containsExactly(Verdict.GO_ON);
  }

  @Test
  void pausesWhenASignalComes() {
    StoppingRule rule = rule(Map.of(), Optional.empty());
    assertThat(rule.withinEpoch()).isEqualTo(Verdict.GO_ON);
    interrupted.set(true);
    assertThat(rule.isPauseDue()).isTrue();
    assertThat(rule.withinEpoch()).isEqualTo(Verdict.PAUSE);
    assertThat(rule.after(epoch(1, 0.1, 9))).isEqualTo(Verdict.PAUSE);
  }

  @Test
  void aFinishedTrainingIsNotPaused() {
    StoppingRule rule =
        rule(Map.of("train.max-duration", "1s", "train.epochs", "2"), Optional.empty());
    nanoTime.set(8 * SECOND);
    assertThat(rule.after(epoch(2, 0.1, 4))).isEqualTo(Verdict.GO_ON);
  }

  private StoppingRule rule(Map<String, String> settings, Optional<Checkpoint> start) {
    return rule(settings, start, OptionalInt.empty());
  }

  private StoppingRule rule(
      Map<String, String> settings, Optional<Checkpoint> start, OptionalInt pauseAfter) {
    TrainConfig config = ExperimentConfig.DEFAULTS.withOverrides(settings).train();
    return new StoppingRule(
        config,
        start,
        TimeBudget.begin("train.max-duration", config.interruption().maxDuration(), nanoTime::get),
        interrupted::get,
        pauseAfter);
  }

  private static Verdict[] verdicts(StoppingRule rule, int firstEpoch, double... top1) {
    Verdict[] verdicts = new Verdict[top1.length];
    for (int i = 0; i < top1.length; i++) {
      verdicts[i] = rule.after(epoch(firstEpoch + i, top1[i], 1));
    }
    return verdicts;
  }

  private static EpochMetrics epoch(int epoch, double top1, double seconds) {
    Scores val = new Scores(10, top1, 1, top1, 1, 0);
    return new EpochMetrics(
        epoch,
        epoch,
        0.1,
        new EpochLoss(1, Map.of()),
        Optional.of(val),
        10,
        seconds,
        StepTimes.NONE);
  }

  private static Checkpoint checkpoint(int epoch, double bestTop1, int epochsWithoutGain) {
    NamedTensors none = NamedTensors.of(Map.of());
    return new Checkpoint(
        new TrainingState(epoch, epoch, none, none),
        new RunKey("7f3a19c04d2e", "ab12", 3, 2),
        1,
        bestTop1,
        epochsWithoutGain,
        EpochTime.NONE,
        List.of());
  }
}
