package org.finegrain.jobs;

/**
 * The outcome of a command that did not throw.
 *
 * @param code the exit code
 * @param output the text for standard output; for a command that writes, the path that it wrote
 */
public record Outcome(ExitCode code, String output) {
  /** The outcome of a command that has already printed what it has to say. */
  public static final Outcome NOTHING_TO_ADD = new Outcome(ExitCode.DONE, "");

  /** Returns the outcome of a command that wrote all of {@code path}. */
  public static Outcome wrote(String path) {
    return new Outcome(ExitCode.DONE, path);
  }

  /** Returns the outcome of a command that wrote a part of {@code path}, and can go on with it. */
  public static Outcome paused(String path) {
    return new Outcome(ExitCode.PAUSED, path);
  }

  /** Returns the outcome of a command that wrote {@code path}, but whose whole work failed. */
  public static Outcome failed(String path) {
    return new Outcome(ExitCode.FAILED, path);
  }

  /** Returns the outcome of a command that prints {@code text} and writes nothing. */
  public static Outcome shows(String text) {
    return new Outcome(ExitCode.DONE, text);
  }
}
