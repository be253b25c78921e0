package org.finegrain.train;

/**
 * How a run is carried out; nothing here changes its result.
 *
 * @param existing what to do with an unfinished run of the same configuration
 * @param command the command line, for the provenance record
 */
public record RunOptions(Existing existing, String command) {
  public static final RunOptions DEFAULTS = new RunOptions(Existing.REFUSE, "");

  /** What to do with an unfinished run. */
  public enum Existing {
    /** A message says that there is one; nothing is touched. */
    REFUSE,
    /** Continues from the newest complete checkpoint, or from the start where there is none. */
    RESUME
  }

  public RunOptions resuming() {
    return new RunOptions(Existing.RESUME, command);
  }

  public RunOptions startedBy(String commandLine) {
    return new RunOptions(existing, commandLine);
  }
}
