package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.Trigger;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.config.LossConfig;

/**
 * What happens on the driver between steps. DistriOptimizer asks before each step whether to end:
 * here the last step is reported, a state is told at an epoch's end and where it is wanted, and the
 * next batch is chosen. What goes wrong ends the training in order first, so that executors are
 * left clean, and is thrown afterwards.
 */
final class TrainingLoop implements Trigger {
  private final TrainingRequest request;
  private final EpochPlan plan;
  private final TrainingDataSet<?> dataSet;
  private final Replicas replicas;
  private final ParameterGroups groups;
  private final TrainingObserver observer;
  private final StepClock clock;
  private final StepDeadline deadline;

  private TrainingState state;
  private long step;
  private double lossOfEpoch;
  private Throwable failure;

  TrainingLoop(
      TrainingRequest request,
      EpochPlan plan,
      TrainingDataSet<?> dataSet,
      TrainingState start,
      Replicas replicas,
      ParameterGroups groups,
      TrainingObserver observer,
      StepClock clock,
      StepDeadline deadline) {
    this.request = request;
    this.plan = plan;
    this.dataSet = dataSet;
    this.replicas = replicas;
    this.groups = groups;
    this.observer = observer;
    this.clock = clock;
    this.deadline = deadline;
    this.state = start;
    this.step = start.step();
    this.lossOfEpoch = start.soFar().map(EpochSoFar::loss).orElse(0.0);
  }

  /** After the last step: the newest state that was told, or what the training failed with. */
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
    deadline.ends();
    long done = (Integer) driver.apply("neval") - 1L;
    boolean ended = false;
    if (done > step) {
      stepEnded(done, number(driver, "Loss"), number(driver, "Throughput"));
      if (driver.contains(NormClipping.NORM)) {
        observer.gradientClipped(done, number(driver, NormClipping.NORM));
      }
      if (done % plan.steps() == 0) {
        ended = epochEnded() == TrainingObserver.Decision.STOP;
      } else if (observer.wantsState()) {
        ended = withinEpoch() == TrainingObserver.Decision.STOP;
      }
    }
    if (ended || position().epoch() >= request.epochs()) {
      return true;
    }
    dataSet.moveTo(position());
    deadline.stepBegins(position());
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

  private TrainingObserver.Decision withinEpoch() {
    state =
        TrainingSnapshot.take(replicas).withinEpoch(position().epoch(), step, lossOfEpoch, groups);
    return observer.withinEpoch(state);
  }

  private TrainingObserver.Decision epochEnded() {
    TrainingSnapshot taken = TrainingSnapshot.take(replicas);
    taken.beginEpoch(replicas);
    EpochLoss loss = new EpochLoss(lossOfEpoch / plan.steps(), parts(taken.sumsOfLosses()));
    lossOfEpoch = 0;
    state = taken.atEpochsEnd(position().epoch(), step, groups);
    return observer.epochEnded(state, loss);
  }

  private Map<String, Double> parts(double[] sums) {
    Map<String, Double> parts = new LinkedHashMap<>();
    List<LossConfig.Term> terms = request.loss().kind().terms();
    for (int i = 0; i < sums.length; i++) {
      parts.put(terms.get(i).toString(), sums[i] / plan.steps() / plan.batchSize());
    }
    return parts;
  }

  private static double number(Table driver, String key) {
    return ((Number) driver.apply(key)).doubleValue();
  }
}
