package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.RunResult;

/**
 * The states of all trials of a sweep.
 *
 * @param lines a line for each trial, in the order of the plan
 */
public record SweepStatus(Plan plan, List<Line> lines) {

  /**
   * The state of a trial.
   *
   * @param attempts how often the trial was started
   * @param result the result, if the trial has one
   * @param message why the trial is in its state
   */
  public record Line(
      Trial trial,
      TrialState state,
      int attempts,
      Optional<RunResult> result,
      Optional<String> message) {}

  /** Reads the states from the journals and the run folders in {@code sweep}. */
  public static SweepStatus of(Plan plan, Folder sweep) throws IOException {
    Map<String, Journal.Entry> entries = Journal.read(sweep);
    List<Line> lines = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      lines.add(
          line(
              trial,
              entries.getOrDefault(trial.id(), Journal.Entry.NONE),
              TrialResult.of(trial, sweep)));
    }
    for (Trial trial : plan.retired()) {
      Journal.Entry entry = entries.getOrDefault(trial.id(), Journal.Entry.NONE);
      lines.add(
          new Line(
              trial,
              TrialState.RETIRED,
              entry.attempt(),
              TrialResult.of(trial, sweep).result(),
              Optional.empty()));
    }
    return new SweepStatus(plan, lines);
  }

  /**
   * Returns the status of the trials of {@code shard} alone; a part of the plan has no retired
   * ones.
   */
  public SweepStatus within(Shard shard) {
    return shard.equals(Shard.ALL)
        ? this
        : new SweepStatus(plan, shard.of(lines.subList(0, plan.trials().size())));
  }

  /** Returns the lines of the trials that a command would run, in its order. */
  public List<Line> toRun(Shard shard, TrialSelection selection) {
    Map<String, Line> byTrial = new HashMap<>();
    lines.forEach(line -> byTrial.put(line.trial().id(), line));
    return selection.of(shard.of(plan.trials())).stream()
        .map(trial -> byTrial.get(trial.id()))
        .filter(line -> !line.state().isDone() || selection.again().contains(line.trial().id()))
        .toList();
  }

  private static Line line(Trial trial, Journal.Entry entry, TrialResult found) {
    Optional<RunResult> result = found.result();
    TrialState state = entry.state();
    Optional<String> message = entry.message();
    if (result.isPresent()) {
      state = TrialState.of(result.get());
      message = result.get().message();
    } else if (found.fault().isPresent()) {
      state = TrialState.UNREADABLE;
      message = found.fault().map(UnreadableFileException::getMessage);
    } else if (state == TrialState.COMPLETED || state == TrialState.DIVERGED) {
      message =
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "the journal says %s, but there is no %s; sweep run continues the trial",
                  state.text(),
                  RunResult.FILE));
      state = TrialState.INTERRUPTED;
    }
    return new Line(trial, state, entry.attempt(), result, message);
  }

  /** Returns state → number of trials, for all states. */
  public Map<TrialState, Integer> counts() {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    for (TrialState state : TrialState.values()) {
      counts.put(state, 0);
    }
    lines.forEach(line -> counts.merge(line.state(), 1, Integer::sum));
    return counts;
  }

  /** Returns a table for a reader: a line for each trial, then the numbers by state. */
  public String table() {
    int width = lines.stream().mapToInt(line -> line.trial().label().length()).max().orElse(5);
    StringBuilder out = new StringBuilder();
    String format = "%-12s  %-" + Math.max(5, width) + "s  %-11s  %8s  %6s  %s%n";
    out.append(
            String.format(
                    Locale.ROOT, format, "trial", "settings", "state", "attempts", "top-1", "")
                .stripTrailing())
        .append('\n');
    for (Line line : lines) {
      String top1 =
          line.result()
              .flatMap(RunResult::test)
              .map(test -> String.format(Locale.ROOT, "%.2f %%", 100 * test.top1()))
              .orElse("");
      out.append(
              String.format(
                      Locale.ROOT,
                      format,
                      line.trial().id(),
                      line.trial().label(),
                      line.state().text(),
                      line.attempts(),
                      top1,
                      line.message().orElse(""))
                  .stripTrailing())
          .append('\n');
    }
    List<String> totals = new ArrayList<>();
    counts()
        .forEach(
            (state, count) -> {
              if (count > 0 || state.isAlwaysCounted()) {
                totals.add(count + " " + state.text());
              }
            });
    return out.append(lines.stream().filter(line -> line.state() != TrialState.RETIRED).count())
        .append(" trials: ")
        .append(String.join(", ", totals))
        .append('\n')
        .toString();
  }
}
