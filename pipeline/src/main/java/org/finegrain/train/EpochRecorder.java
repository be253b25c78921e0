package org.finegrain.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.finegrain.bigdl.StepTimes;
import org.finegrain.bigdl.TrainingObserver;
import org.finegrain.bigdl.TrainingState;

/**
 * Follows a training: validates after each epoch, writes its metrics and its checkpoint, and tells
 * the listener.
 */
final class EpochRecorder implements TrainingObserver {
  private final RunPlan plan;
  private final MetricsFile metrics;
  private final Function<TrainingState, Optional<Scores>> validation;
  private final RunListener listener;
  private final RunClock clock;
  private final StoppingRule stopping;
  private double learningRate;

  EpochRecorder(
      RunPlan plan,
      MetricsFile metrics,
      Function<TrainingState, Optional<Scores>> validation,
      RunListener listener,
      RunClock clock,
      StoppingRule stopping) {
    this.plan = plan;
    this.metrics = metrics;
    this.validation = validation;
    this.listener = listener;
    this.clock = clock;
    this.stopping = stopping;
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
    this.learningRate = learningRate;
    clock.stepEnded(plan.config().train().batchSize(), imagesPerSecond);
    try {
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
  public Decision epochEnded(TrainingState state, double meanLoss) {
    Optional<Scores> val = validation.apply(state);
    EpochMetrics epoch =
        new EpochMetrics(
            state.epoch(),
            state.step(),
            learningRate,
            meanLoss,
            val,
            clock.imagesPerSecond(),
            clock.seconds(),
            clock.times());
    clock.restart();
    StoppingRule.Verdict verdict = stopping.after(epoch);
    try {
      metrics.add(epoch); // before the checkpoint: every checkpoint has its line
      writeCheckpoint(state);
      listener.epochEnded(epoch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return verdict == StoppingRule.Verdict.GO_ON ? Decision.CONTINUE : Decision.STOP;
  }

  private void writeCheckpoint(TrainingState state) throws IOException {
    EpochMetrics best = Selection.best(metrics.epochs()).orElseThrow();
    Checkpoints checkpoints = plan.folder().checkpoints();
    checkpoints.write(
        new Checkpoint(
            state,
            plan.run(),
            best.epoch(),
            best.val().map(Scores::top1).orElse(Double.NaN),
            stopping.epochsWithoutGain()));
    checkpoints.prune(plan.config().train().keepCheckpoints(), best.epoch());
  }
}
