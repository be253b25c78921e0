package org.finegrain.bigdl.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.finegrain.bigdl.feed.BatchLabels;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.config.LossConfig;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.EpochPlan;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.StepPosition;
import org.finegrain.engine.StepReport;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;

/**
 * The loop of a training on the driver. Between two steps, while the executors wait, the driver
 * reports the last step. At the end of an epoch, and where the observer wants the state, the
 * executors end their tasks, and the driver fetches the state and reports it.
 */
final class TrainingLoop<S> {
  private static final double NANOS = 1e9;
  private static final int[] NO_LABELS = {};

  private final TrainingRequest request;
  private final EpochPlan plan;
  private final int replicas;
  private final Optional<BatchLabels> labels;
  private final Participants<S> participants;
  private final ParameterGroups groups;
  private final TrainingObserver observer;
  private final ClusterWatch watch;

  private long step;
  private double lossOfEpoch;
  private long stepBegan;

  /**
   * Creates the loop.
   *
   * @param replicas the number of replicas over all executors
   * @param labels the labels of whole batches; empty where the loss does not need them
   * @param start the state that the participants start from
   */
  TrainingLoop(
      TrainingRequest request,
      EpochPlan plan,
      int replicas,
      Optional<BatchLabels> labels,
      TrainingState start,
      Participants<S> participants,
      ParameterGroups groups,
      TrainingObserver observer,
      ClusterWatch watch) {
    this.request = request;
    this.plan = plan;
    this.replicas = replicas;
    this.labels = labels;
    this.participants = participants;
    this.groups = groups;
    this.observer = observer;
    this.watch = watch;
    this.step = start.step();
    this.lossOfEpoch = start.soFar().map(EpochSoFar::loss).orElse(0.0);
  }

  /**
   * Trains until all epochs are completed or the observer says stop. It keeps no state that the
   * observer has received.
   *
   * @throws DivergedException if the loss is no longer a finite number
   * @throws SampleLoadingException if a sample cannot be loaded
   * @throws TrainingFailedException if an executor fails, or is lost
   */
  void run() {
    boolean goOn = true;
    while (goOn && position().epoch() < request.train().epochs()) {
      doSteps();
      observer.awaitRoomForState();
      goOn = reportState() == TrainingObserver.Decision.CONTINUE;
    }
  }

  private void doSteps() {
    try {
      participants.steps(position(), beginStep(), this::stepEnded);
    } catch (ExecutionException | InterruptedException e) {
      throw watch.failure(
          e, (why, cause) -> TrainingFailedException.inStep(position(), why, cause));
    }
  }

  private StepPosition position() {
    return StepPosition.at(step, plan.steps());
  }

  /** Starts the time of a step and returns the labels of its batch. */
  private int[] beginStep() {
    watch.deadline().stepBegins(position());
    stepBegan = System.nanoTime();
    return labels.map(batches -> batches.at(position())).orElse(NO_LABELS);
  }

  private Optional<int[]> stepEnded(List<StepReport> reports) {
    watch.deadline().ends();
    report(reports);
    return isEpochsEnd() || observer.wantsState() ? Optional.empty() : Optional.of(beginStep());
  }

  private void report(List<StepReport> reports) {
    double seconds = (System.nanoTime() - stepBegan) / NANOS;
    double loss = reports.stream().mapToDouble(StepReport::loss).reduce(0, Double::sum) / replicas;
    double learningRate = request.learningRate().at(step);
    if (!Double.isFinite(loss)) {
      throw new DivergedException(position().epoch(), step, loss, learningRate);
    }
    step++;
    lossOfEpoch += loss;
    observer.stepTimed(StepTimes.of(reports, seconds));
    observer.stepEnded(step, loss, learningRate, plan.batchSize() / seconds);
    if (request.train().step().optimizer().clipNorm() > 0) {
      observer.gradientClipped(step, reports.get(0).norm());
    }
  }

  private boolean isEpochsEnd() {
    return step % plan.steps() == 0;
  }

  private TrainingObserver.Decision reportState() {
    return isEpochsEnd() ? epochEnded() : withinEpoch();
  }

  private TrainingSnapshot fetchState() {
    watch.deadline().stateBegins();
    try {
      TrainingSnapshot snapshot = TrainingSnapshot.fetch(participants);
      if (isEpochsEnd()) {
        snapshot.beginEpoch(participants);
      }
      return snapshot;
    } catch (ExecutionException | InterruptedException e) {
      throw watch.failure(
          e, (why, cause) -> TrainingFailedException.whileTakingState(position(), why, cause));
    } finally {
      watch.deadline().ends();
    }
  }

  private TrainingObserver.Decision withinEpoch() {
    return observer.withinEpoch(
        fetchState().withinEpoch(position().epoch(), step, lossOfEpoch, groups));
  }

  private TrainingObserver.Decision epochEnded() {
    TrainingSnapshot snapshot = fetchState();
    EpochLoss loss = new EpochLoss(lossOfEpoch / plan.steps(), parts(snapshot.sumsOfLosses()));
    lossOfEpoch = 0;
    return observer.epochEnded(snapshot.atEpochsEnd(position().epoch(), step, groups), loss);
  }

  private Map<String, Double> parts(double[] sums) {
    Map<String, Double> parts = new LinkedHashMap<>();
    List<LossConfig.Term> terms = request.loss().kind().terms();
    for (int i = 0; i < sums.length; i++) {
      parts.put(terms.get(i).toString(), sums[i] / plan.steps() / plan.batchSize());
    }
    return parts;
  }
}
