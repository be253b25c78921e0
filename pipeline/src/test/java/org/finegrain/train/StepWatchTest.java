package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingObserver.Decision;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.NamedTensors;
import org.junit.jupiter.api.Test;

class StepWatchTest {
  private static final int BATCH = 8;

  private final AtomicLong nanos = new AtomicLong();
  private final StepWatch watch = new StepWatch(BATCH, nanos::get);
  private long step;

  /** Lets a step end that took so long, of which a half was computed and a quarter waited. */
  private void step(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
    watch.stepTimed(new StepTimes(seconds / 4, seconds / 2, 0, seconds / 4));
    watch.stepEnded(++step, 1.5, 0, BATCH / seconds);
  }

  private Decision epoch() {
    NamedTensors none = NamedTensors.of(Map.of());
    return watch.epochEnded(new TrainingState(1, step, none, none), new EpochLoss(1.5, Map.of()));
  }

  @Test
  void slowStepsCountAfterThree() {
    step(100);
    step(50);
    step(30);
    for (double seconds : new double[] {8, 2, 4, 6}) {
      step(seconds);
      assertThat(epoch()).isEqualTo(Decision.CONTINUE);
    }
    step(5);
    assertThat(epoch()).isEqualTo(Decision.STOP);
    assertThat(watch.secondsPerImage()).as("the median step").isEqualTo(5.0 / BATCH);
    assertThat(watch.passSecondsPerImage()).isEqualTo(0.75 * 5.0 / BATCH);
  }

  @Test
  void fastStepsCountAfterFourSecondsAndForFourSeconds() {
    step(1);
    for (int i = 0; i < 40; i++) {
      step(0.1);
    }
    for (int i = 0; i < 39; i++) {
      step(0.101);
    }
    assertThat(epoch()).isEqualTo(Decision.CONTINUE);
    step(0.101);
    assertThat(epoch()).isEqualTo(Decision.STOP);
    assertThat(watch.secondsPerImage()).isCloseTo(0.101 / BATCH, within(1e-9));
  }
}
