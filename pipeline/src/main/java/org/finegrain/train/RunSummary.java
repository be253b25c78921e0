package org.finegrain.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.Folder;

/** Describes the result of a run and the use of its time, with one line for each fact. */
final class RunSummary {
  private RunSummary() {}

  static String of(RunResult result, List<EpochMetrics> epochs, Folder runFolder) {
    return String.format(
        Locale.ROOT,
        """
        run %s %s
          epochs      %s
          validation  %s
          test        %s
          speed       %.1f img/s in the median epoch, %s in all
          time        %s
          files       %s""",
        result.run().runId(),
        result.state().text(),
        epochs(result.length()),
        scores(result.val()),
        scores(result.test()),
        result.speed().imagesPerSecond(),
        DurationText.of(Duration.ofMillis((long) (1000 * result.speed().seconds()))),
        time(epochs),
        runFolder);
  }

  private static String epochs(RunResult.Length length) {
    return length.epochs()
        + (length.stoppedEarly() ? ", stopped early" : "")
        + (length.bestEpoch().isPresent() ? ", best " + length.bestEpoch().getAsInt() : "");
  }

  private static String scores(Optional<Scores> scores) {
    return scores
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "top-1 %.2f %%, top-5 %.2f %%, mean class accuracy %.2f %%, loss %.4f, calibration error %.4f",
                    100 * it.top1(),
                    100 * it.top5(),
                    100 * it.meanClassAccuracy(),
                    it.loss(),
                    it.calibrationError()))
        .orElse("-");
  }

  /** Returns the parts of the epochs' time; time outside of steps is validation and checkpoints. */
  private static String time(List<EpochMetrics> epochs) {
    StepTimes steps =
        epochs.stream().map(EpochMetrics::times).reduce(StepTimes.NONE, StepTimes::plus);
    double all = epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
    double other =
        all - steps.waiting() - steps.computing() - steps.straggling() - steps.exchanging();
    return String.format(
        Locale.ROOT,
        "%.0f %% computing, %.0f %% waiting for images, %.0f %% for the slowest executor, %.0f %% exchanging weights, %.0f %% validation and checkpoints",
        100 * steps.computing() / all,
        100 * steps.waiting() / all,
        100 * steps.straggling() / all,
        100 * steps.exchanging() / all,
        100 * other / all);
  }
}
