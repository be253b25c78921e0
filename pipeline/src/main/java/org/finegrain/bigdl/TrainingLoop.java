package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.Trigger;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.function.BiFunction;

/**
 * What happens on the driver between steps. DistriOptimizer asks before each step whether to end:
 * here the last step is reported, an epoch's end is told with a snapshot, and the next batch is
 * chosen. What goes wrong ends the training in order first, so that executors are left clean, and
 * is thrown afterwards.
 */
final class TrainingLoop implements Trigger {
  private final TrainingRequest request;
  private final EpochPlan plan;
  private final TrainingDataSet<?> dataSet;
  private final BiFunction<Integer, Long, TrainingState> snapshot;
  private final TrainingObserver observer;
  private final StepClock clock;

  private TrainingState state;
  private long step;
  private double lossOfEpoch;
  private Throwable failure;

  /**
   * @param snapshot (completed epochs, completed steps) to the state that executors hold
   */
  TrainingLoop(
      TrainingRequest request,
      EpochPlan plan,
      TrainingDataSet<?> dataSet,
      TrainingState start,
      BiFunction<Integer, Long, TrainingState> snapshot,
      TrainingObserver observer,
      StepClock clock) {
    this.request = request;
    this.plan = plan;
    this.dataSet = dataSet;
    this.snapshot = snapshot;
    this.observer = observer;
    this.clock = clock;
    this.state = start;
    this.step = start.step();
  }

  /** After the last step: the newest state, or what the training failed with. */
  TrainingState result() {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return state;
  }

  StepPosition position() {
    return StepPosition.at(step, plan.steps());
  }

  @Override
  public boolean apply(Table driver) {
    try {
      return advance(driver);
    } catch (RuntimeException | Error e) {
      failure = e;
      return true;
    }
  }

  private boolean advance(Table driver) {
    long done = (Integer) driver.apply("neval") - 1L;
    boolean ended = false;
    if (done > step) {
      stepEnded(done, number(driver, "Loss"), number(driver, "Throughput"));
      if (driver.contains(NormClipping.NORM)) {
        observer.gradientClipped(done, number(driver, NormClipping.NORM));
      }
      if (done % plan.steps() == 0) {
        ended = epochEnded((int) (done / plan.steps())) == TrainingObserver.Decision.STOP;
      }
    }
    if (ended || position().epoch() >= request.epochs()) {
      return true;
    }
    dataSet.moveTo(position());
    return false;
  }

  private void stepEnded(long done, double loss, double imagesPerSecond) {
    double learningRate = request.learningRate().at(done - 1);
    if (!Double.isFinite(loss)) {
      throw new DivergedException(position().epoch(), done - 1, loss, learningRate);
    }
    step = done;
    lossOfEpoch += loss;
    observer.stepTimed(clock.read(imagesPerSecond));
    observer.stepEnded(done, loss, learningRate, imagesPerSecond);
  }

  private TrainingObserver.Decision epochEnded(int epochs) {
    double meanLoss = lossOfEpoch / plan.steps();
    lossOfEpoch = 0;
    state = snapshot.apply(epochs, step);
    return observer.epochEnded(state, meanLoss);
  }

  private static double number(Table driver, String key) {
    return ((Number) driver.apply(key)).doubleValue();
  }
}
