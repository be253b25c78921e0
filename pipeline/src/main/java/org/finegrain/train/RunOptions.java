package org.finegrain.train;

import java.util.Optional;

/**
 * How a run is carried out; nothing here changes its result.
 *
 * @param existing what to do with an unfinished run of the same configuration
 * @param command the command line, for the provenance record
 * @param budget the time that the run shares with others; empty: one of its own
 */
public record RunOptions(Existing existing, String command, Optional<TimeBudget> budget) {
  public static final RunOptions DEFAULTS = new RunOptions(Existing.REFUSE, "", Optional.empty());

  /** What to do with an unfinished run. */
  public enum Existing {
    /** A message says that there is one; nothing is touched. */
    REFUSE,
    /** Continues from the newest complete checkpoint, or from the start where there is none. */
    RESUME
  }

  public RunOptions resuming() {
    return new RunOptions(Existing.RESUME, command, budget);
  }

  public RunOptions within(TimeBudget shared) {
    return new RunOptions(existing, command, Optional.of(shared));
  }

  public RunOptions startedBy(String commandLine) {
    return new RunOptions(existing, commandLine, budget);
  }
}
