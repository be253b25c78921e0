package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of a sweep's failed and diverged trials for a reader, each with its whole reason. */
public record FailureList(SweepStatus status) {

  /** Returns the list: some lines for each trial, then the numbers by state. */
  public String text() {
    List<String> lines = new ArrayList<>();
    for (TrialStatus trial : status.trials()) {
      if (trial.isFailure()) {
        lines.addAll(lines(trial));
      }
    }
    lines.add(status.totals());
    return String.join("\n", lines);
  }

  private static List<String> lines(TrialStatus trial) {
    List<String> lines = new ArrayList<>();
    lines.add(trial.trial().id() + "  " + trial.trial().label());
    lines.add(
        String.format(
            Locale.ROOT,
            "  %s after %d attempt%s%s",
            trial.state().text(),
            trial.attempts(),
            trial.attempts() == 1 ? "" : "s",
            trial.reason().cause().map(cause -> ", cause: " + cause).orElse("")));
    trial.reason().message().ifPresent(it -> it.lines().forEach(line -> lines.add("  " + line)));
    trial.log().ifPresent(log -> lines.add("  log: " + log));
    lines.add("");
    return lines;
  }
}
