package org.finegrain.jobs;

/**
 * What a command came to.
 *
 * @param output for standard output; of a command that writes, the path that it wrote
 */
public record Outcome(ExitCode code, String output) {
  /** Wrote {@code path}, whole. */
  public static Outcome wrote(String path) {
    return new Outcome(ExitCode.DONE, path);
  }

  /** Wrote {@code path}, but not all: some trials failed, or time was used up. */
  public static Outcome partlyWrote(String path) {
    return new Outcome(ExitCode.PARTLY, path);
  }

  /** Wrote {@code path}, but all of what was to be done failed. */
  public static Outcome failed(String path) {
    return new Outcome(ExitCode.FAILED, path);
  }

  /** Has something to show, or with {@code --dry-run} to announce, and wrote nothing. */
  public static Outcome shows(String text) {
    return new Outcome(ExitCode.DONE, text);
  }
}
