package org.finegrain.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingState;
import org.finegrain.environment.Interruption;

/**
 * Observes a training. After each epoch it validates, writes metrics, informs the listener, and
 * hands the checkpoint to the writer. Within epochs it hands over the checkpoints that are due, and
 * pays attention to an interruption of the process.
 */
final class EpochRecorder implements TrainingObserver {
  private final RunPlan plan;
  private final MetricsFile metrics;
  private final Selection selection;
  private final Function<TrainingState, Optional<Scores>> validation;
  private final RunListener listener;
  private final RunClock clock;
  private final StoppingRule stopping;
  private final CheckpointWriter checkpoints;
  private final CheckpointTimer checkpointTimer;
  private final Interruption.Attention attention;
  private double learningRate;
  private long step;

  EpochRecorder(
      RunPlan plan,
      MetricsFile metrics,
      Selection selection,
      Function<TrainingState, Optional<Scores>> validation,
      RunListener listener,
      RunClock clock,
      StoppingRule stopping,
      CheckpointWriter checkpoints,
      CheckpointTimer checkpointTimer,
      Interruption.Attention attention) {
    this.plan = plan;
    this.metrics = metrics;
    this.selection = selection;
    this.validation = validation;
    this.listener = listener;
    this.clock = clock;
    this.stopping = stopping;
    this.checkpoints = checkpoints;
    this.checkpointTimer = checkpointTimer;
    this.attention = attention;
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
    attention.begin(); // from now on there is a step that a checkpoint can save
    this.step = step;
    this.learningRate = learningRate;
    clock.stepEnded(plan.config().train().step().batchSize(), imagesPerSecond);
    try {
      checkpoints.check();
      listener.stepEnded(step, loss, learningRate, imagesPerSecond);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stepTimed(StepTimes times) {
    clock.stepTimed(times);
  }

  @Override
  public void gradientClipped(long step, double norm) {
    try {
      listener.gradientClipped(step, norm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean wantsState() {
    return stopping.isPauseDue() || checkpointTimer.isDueAfter(step);
  }

  @Override
  public void awaitRoomForState() {
    try {
      checkpoints.awaitRoom();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Decision withinEpoch(TrainingState state) {
    try {
      writeCheckpoint(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stopping.withinEpoch() == StoppingRule.Verdict.GO_ON ? Decision.CONTINUE : Decision.STOP;
  }

  @Override
  public Decision epochEnded(TrainingState state, EpochLoss loss) {
    attention.end(); // a validation cannot end before its last image
    Optional<Scores> val = validation.apply(state);
    attention.begin();
    EpochTime time = clock.read();
    EpochMetrics epoch =
        new EpochMetrics(
            state.epoch(),
            state.step(),
            learningRate,
            loss,
            val,
            time.imagesPerSecond(),
            time.seconds(),
            time.times());
    clock.restart();
    StoppingRule.Verdict verdict = stopping.after(epoch);
    try {
      metrics.add(epoch); // before the checkpoint, so that every checkpoint has its line
      listener.epochEnded(epoch);
      writeCheckpoint(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return verdict == StoppingRule.Verdict.GO_ON ? Decision.CONTINUE : Decision.STOP;
  }

  private void writeCheckpoint(TrainingState state) throws IOException {
    Optional<EpochMetrics> best = selection.best(metrics.epochs());
    int bestEpoch = best.map(EpochMetrics::epoch).orElse(0);
    listener.flush();
    checkpoints.write(
        new Checkpoint(
            state,
            plan.run(),
            bestEpoch,
            best.flatMap(EpochMetrics::val).map(Scores::top1).orElse(Double.NaN),
            stopping.epochsWithoutGain(),
            state.soFar().isPresent() ? clock.read() : EpochTime.NONE,
            metrics.epochs()),
        bestEpoch);
    checkpointTimer.restart();
  }
}
