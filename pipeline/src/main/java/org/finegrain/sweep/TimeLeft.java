package org.finegrain.sweep;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.finegrain.train.DurationText;
import org.finegrain.train.RunProgress;

/**
 * The time that a sweep still needs, from the epochs that were really trained. A trial without an
 * epoch is taken to last as long as the mean trial on its dataset, or else as the mean of all. A
 * trial that will stop early needs less.
 */
final class TimeLeft {
  private final List<TrialStatus> trials;
  private final Map<String, Double> meanByDataset = new HashMap<>();
  private final OptionalDouble mean;

  /** Computes the times of the trials of a status. */
  TimeLeft(SweepStatus status) {
    this.trials = status.trials();
    this.mean = trials.stream().flatMapToDouble(TimeLeft::whole).average();
    for (String dataset : status.plan().datasets()) {
      trials.stream()
          .filter(it -> it.trial().dataset().equals(dataset))
          .flatMapToDouble(TimeLeft::whole)
          .average()
          .ifPresent(seconds -> meanByDataset.put(dataset, seconds));
    }
  }

  /** Returns the seconds of a whole trial, if it has shown them. */
  private static DoubleStream whole(TrialStatus status) {
    RunProgress progress = status.progress();
    if (status.state() == TrialState.COMPLETED) {
      return DoubleStream.of(status.result().orElseThrow().speed().seconds())
          .filter(Double::isFinite);
    }
    return !status.state().isDone()
            && progress.secondsPerEpoch().isPresent()
            && progress.allEpochs().isPresent()
        ? DoubleStream.of(
            progress.secondsPerEpoch().getAsDouble() * progress.allEpochs().getAsInt())
        : DoubleStream.empty();
  }

  /** Returns the time that a trial still needs; empty if there is nothing to go by. */
  Optional<Duration> of(TrialStatus status) {
    RunProgress progress = status.progress();
    if (status.state().isDone()) {
      return Optional.of(Duration.ZERO);
    }
    if (progress.secondsPerEpoch().isPresent()
        && progress.allEpochs().isPresent()
        && progress.epochs().isPresent()) {
      int epochs = progress.allEpochs().getAsInt() - progress.epochs().getAsInt();
      return Optional.of(duration(epochs * progress.secondsPerEpoch().getAsDouble()));
    }
    Optional<Double> ofDataset = Optional.ofNullable(meanByDataset.get(status.trial().dataset()));
    return ofDataset
        .or(() -> mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty())
        .map(TimeLeft::duration);
  }

  /**
   * Returns the time that all trials still need, if as many run at once as now, or else one; empty
   * if there is nothing to go by.
   */
  Optional<Duration> ofAll() {
    Duration sum = Duration.ZERO;
    for (TrialStatus status : trials) {
      Optional<Duration> left = of(status);
      if (left.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(left.get());
    }
    return Optional.of(sum.dividedBy(Math.max(1, running())));
  }

  private long running() {
    return trials.stream().filter(it -> it.state() == TrialState.RUNNING).count();
  }

  /** Returns the time of all trials in words, and the number of trials at a time. */
  String text() {
    String time = ofAll().map(DurationText::of).orElse("unknown");
    return running() == 0
        ? String.format(Locale.ROOT, "time left: %s, one trial at a time; none runs now", time)
        : String.format(
            Locale.ROOT,
            "time left: %s, %d trial%s at a time",
            time,
            running(),
            running() == 1 ? "" : "s");
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(1_000 * Math.max(0, seconds)));
  }
}
