package org.finegrain.jobs;

/** The end of a command, as the exit code of the process. */
public enum ExitCode {
  /** All is done. */
  DONE(0),
  /** The command failed; the message says why. */
  FAILED(1),
  /** The command line or the configuration is wrong; nothing was started. */
  USAGE(2),
  /**
   * Some trials failed and the rest is complete; or a run was paused and can be resumed; or a
   * reproduction has other results.
   */
  PARTLY(3),
  /**
   * The settings, the machines or the data do not fit the planned work. A later try fails too,
   * until somebody repairs what the message names.
   */
  UNFIT(4),
  /**
   * A signal such as Ctrl-C ended the command, which can be continued. Shells use this code too.
   */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** Returns the number that the process ends with. */
  int status() {
    return status;
  }
}
