package org.finegrain.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingState;

/**
 * Measures the steps of a training, and ends it after the epoch in which there are enough. The
 * first steps do not count, because code is still being compiled.
 */
final class StepWatch implements TrainingObserver {
  private static final double NANOS = 1e9;
  private static final int WARM_UP_STEPS = 3;
  private static final double WARM_UP_SECONDS = 4;
  private static final int STEPS = 5;
  private static final double SECONDS = 4;

  private final int batchSize;
  private final LongSupplier nanoTime;
  private final List<Double> steps = new ArrayList<>();
  private final List<Double> passes = new ArrayList<>();
  private double begin = Double.NaN;
  private double warm = Double.NaN;
  private StepTimes times = StepTimes.NONE;

  /**
   * Makes a watch.
   *
   * @param batchSize the number of images of a step
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  StepWatch(int batchSize, LongSupplier nanoTime) {
    this.batchSize = batchSize;
    this.nanoTime = nanoTime;
  }

  @Override
  public void stepTimed(StepTimes step) {
    times = step;
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
    double now = nanoTime.getAsLong() / NANOS;
    if (step == 1) {
      begin = now;
    }
    if (!Double.isNaN(warm)) {
      steps.add(batchSize / imagesPerSecond);
      passes.add(times.waiting() + times.computing());
    } else if (step >= WARM_UP_STEPS && now - begin >= WARM_UP_SECONDS) {
      warm = now;
    }
  }

  @Override
  public Decision epochEnded(TrainingState state, EpochLoss loss) {
    boolean enough = steps.size() >= STEPS && nanoTime.getAsLong() / NANOS - warm >= SECONDS;
    return enough ? Decision.STOP : Decision.CONTINUE;
  }

  /** Returns the time of the median step for each of its images, in seconds. */
  double secondsPerImage() {
    return median(steps) / batchSize;
  }

  /** Returns the median time of an executor's passes for each image of the step, in seconds. */
  double passSecondsPerImage() {
    return median(passes) / batchSize;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }
}
