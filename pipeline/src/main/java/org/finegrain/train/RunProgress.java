package org.finegrain.train;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of a run, as its run folder shows it to any process. What a damaged or missing file
 * would say is empty.
 *
 * @param epochs the number of completed epochs
 * @param allEpochs the number of epochs of the whole run, {@code train.epochs}
 * @param bestTop1 the best top-1 accuracy on validation so far, from 0 to 1
 * @param imagesPerSecond the speed of the newest epoch's steps; of a complete run, of its median
 *     epoch's
 * @param secondsPerEpoch the mean time of an epoch, with validation and checkpoints
 */
public record RunProgress(
    OptionalInt epochs,
    OptionalInt allEpochs,
    OptionalDouble bestTop1,
    OptionalDouble imagesPerSecond,
    OptionalDouble secondsPerEpoch) {

  /** The progress of a run that has not begun. */
  public static final RunProgress NONE =
      new RunProgress(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  private static final String EPOCHS_KEY = "train.epochs";
  private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

  /** Returns the progress of a run that has a result. Reads nothing. */
  public static RunProgress of(RunResult result) {
    int epochs = result.length().epochs();
    return new RunProgress(
        OptionalInt.of(epochs),
        wholeNumber(result.config().get(EPOCHS_KEY)),
        result.val().map(val -> known(val.top1())).orElse(OptionalDouble.empty()),
        known(result.speed().imagesPerSecond()),
        epochs == 0 ? OptionalDouble.empty() : known(result.speed().seconds() / epochs));
  }

  /** Returns the same without accuracies, for a run that must not stand beside complete ones. */
  public RunProgress withoutScore() {
    return new RunProgress(
        epochs, allEpochs, OptionalDouble.empty(), imagesPerSecond, secondsPerEpoch);
  }

  /** Reads the progress of a run without a result: its {@code config.conf} and its metrics. */
  public static RunProgress read(Folder runFolder) {
    OptionalInt allEpochs = allEpochs(runFolder);
    try {
      return runFolder.exists(MetricsFile.NAME)
          ? ofMetrics(runFolder, allEpochs)
          : new RunProgress(
              OptionalInt.of(0),
              allEpochs,
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty());
    } catch (IOException e) {
      LOG.debug("Cannot read {}: {}", runFolder.location(MetricsFile.NAME), e.getMessage());
      return new RunProgress(
          OptionalInt.empty(),
          allEpochs,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }
  }

  private static RunProgress ofMetrics(Folder runFolder, OptionalInt allEpochs) throws IOException {
    OptionalInt epochs = OptionalInt.empty();
    double best = Double.NaN;
    double speed = Double.NaN;
    double seconds = 0;
    int timed = 0;
    for (String line : runFolder.lines(MetricsFile.NAME)) {
      try {
        EpochMetrics metrics = EpochMetrics.of(JsonFile.parse(line));
        double top1 = metrics.val().map(Scores::top1).orElse(Double.NaN);
        best = best >= top1 ? best : Double.isNaN(top1) ? best : top1;
        epochs = OptionalInt.of(metrics.epoch());
        speed = metrics.imagesPerSecond();
        seconds += metrics.seconds();
        timed++;
      } catch (IllegalArgumentException e) {
        LOG.debug("A line of {} is damaged", runFolder.location(MetricsFile.NAME), e);
      }
    }
    return new RunProgress(epochs, allEpochs, known(best), known(speed), known(seconds / timed));
  }

  private static OptionalInt allEpochs(Folder runFolder) {
    try {
      for (String line : runFolder.lines(RunFolder.CONFIG)) {
        if (line.startsWith(EPOCHS_KEY + " = ")) {
          return wholeNumber(line.substring(EPOCHS_KEY.length() + 3));
        }
      }
    } catch (IOException e) {
      LOG.debug("Cannot read {}: {}", runFolder.location(RunFolder.CONFIG), e.getMessage());
    }
    return OptionalInt.empty();
  }

  private static OptionalInt wholeNumber(String text) {
    return text != null && text.strip().matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text.strip()))
        : OptionalInt.empty();
  }

  private static OptionalDouble known(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
