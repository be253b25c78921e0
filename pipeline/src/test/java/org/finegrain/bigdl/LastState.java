package org.finegrain.bigdl;

import java.util.function.Consumer;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingState;

/** An observer that hands everything on to another one, and keeps the last state. */
final class LastState implements TrainingObserver {
  private final TrainingObserver observer;
  private TrainingState last;

  private LastState(TrainingState start, TrainingObserver observer) {
    this.last = start;
    this.observer = observer;
  }

  /**
   * Returns the last state that a training reports; {@code start} if it reports none.
   *
   * @param observer is told all
   * @param training trains with the observer that it is given
   */
  static TrainingState of(
      TrainingState start, TrainingObserver observer, Consumer<TrainingObserver> training) {
    LastState keeper = new LastState(start, observer);
    training.accept(keeper);
    return keeper.last;
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
    observer.stepEnded(step, loss, learningRate, imagesPerSecond);
  }

  @Override
  public void stepTimed(StepTimes times) {
    observer.stepTimed(times);
  }

  @Override
  public void gradientClipped(long step, double norm) {
    observer.gradientClipped(step, norm);
  }

  @Override
  public boolean wantsState() {
    return observer.wantsState();
  }

  @Override
  public void awaitRoomForState() {
    observer.awaitRoomForState();
  }

  @Override
  public Decision withinEpoch(TrainingState state) {
    last = state;
    return observer.withinEpoch(state);
  }

  @Override
  public Decision epochEnded(TrainingState state, EpochLoss loss) {
    last = state;
    return observer.epochEnded(state, loss);
  }
}
