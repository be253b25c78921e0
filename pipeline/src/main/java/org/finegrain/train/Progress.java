package org.finegrain.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress of a run: logs a line for each epoch, and on a terminal redraws a line within
 * epochs.
 */
final class Progress implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long NANOS_BETWEEN_REDRAWS = Duration.ofMillis(500).toNanos();
  private static final String ERASE_LINE = "\r\u001b[K";

  private final String runId;
  private final int epochs;
  private final int stepsPerEpoch;
  private final long firstStep;
  private final Optional<PrintStream> terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private long lastRedraw;

  /**
   * Begins with an attempt at the run.
   *
   * @param firstStep the number of steps completed before this attempt
   * @param terminal the terminal to redraw a line on; empty if there is none
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  Progress(
      String runId,
      int epochs,
      int stepsPerEpoch,
      long firstStep,
      Optional<PrintStream> terminal,
      LongSupplier nanoTime) {
    this.runId = runId;
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.firstStep = firstStep;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.lastRedraw = start - NANOS_BETWEEN_REDRAWS;
  }

  /** Returns standard error if it is a terminal; else empty. */
  @SuppressWarnings(
      "SystemConsoleNull") // null without a terminal on Java 17, which the build fixes
  static Optional<PrintStream> terminal() {
    return System.console() == null ? Optional.empty() : Optional.of(System.err);
  }

  @Override
  public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
    long now = nanoTime.getAsLong();
    if (terminal.isPresent() && now - lastRedraw >= NANOS_BETWEEN_REDRAWS) {
      lastRedraw = now;
      terminal.get().print(ERASE_LINE + line(step, loss, learningRate, imagesPerSecond));
      terminal.get().flush();
    }
  }

  @Override
  public void epochEnded(EpochMetrics metrics) {
    terminal.ifPresent(stream -> stream.print(ERASE_LINE));
    LOG.info("{}", line(metrics));
  }

  private String line(long step, double loss, double learningRate, double imagesPerSecond) {
    return String.format(
        Locale.ROOT,
        "run %s  epoch %3d/%d  step %d/%d  loss %.4f  lr %.1e  %.1f img/s  left %s",
        runId,
        (step - 1) / stepsPerEpoch + 1,
        epochs,
        (step - 1) % stepsPerEpoch + 1,
        stepsPerEpoch,
        loss,
        learningRate,
        imagesPerSecond,
        left(step));
  }

  String line(EpochMetrics metrics) {
    return String.format(
        Locale.ROOT,
        "run %s  epoch %3d/%d  loss %.4f  top-1 %s  lr %.1e  %.1f img/s  left %s",
        runId,
        metrics.epoch(),
        epochs,
        metrics.train().total(),
        metrics
            .val()
            .map(val -> String.format(Locale.ROOT, "%5.2f %%", 100 * val.top1()))
            .orElse("-"),
        metrics.learningRate(),
        metrics.imagesPerSecond(),
        left(metrics.step()));
  }

  /**
   * Returns the time left, if each step takes as long as the steps of this attempt did, validation
   * and checkpoints included.
   */
  private String left(long step) {
    double nanosPerStep = (double) (nanoTime.getAsLong() - start) / Math.max(1, step - firstStep);
    long stepsLeft = (long) epochs * stepsPerEpoch - step;
    return DurationText.of(Duration.ofNanos((long) (nanosPerStep * stepsLeft)));
  }
}
