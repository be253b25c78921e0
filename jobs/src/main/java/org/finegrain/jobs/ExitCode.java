package org.finegrain.jobs;

import org.finegrain.train.FailureCause;

/** The end of a command, as the exit code of the process. */
public enum ExitCode {
  /** All is done. */
  DONE(0),
  /** The command failed, and would fail again; the message says why. */
  FAILED(1),
  /** The command line or the configuration is wrong; nothing was started. */
  USAGE(2),
  /**
   * Some trials failed, and would fail again; a reproduction has other results; or a report has
   * worse ones than an earlier one.
   */
  PARTLY(3),
  /**
   * The settings, the machines or the data do not fit the planned work. A later try fails too,
   * until somebody repairs what the message names.
   */
  UNFIT(4),
  /** Nothing failed, but something is left to do: the same command goes on with it. */
  PAUSED(5),
  /** The command failed, but the same command may succeed: an executor or a store was at fault. */
  TRANSIENT(6),
  /**
   * A signal such as Ctrl-C ended the command, which can be continued. Shells use this code too.
   */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** Returns the exit code of a command that failed for {@code cause}. */
  static ExitCode of(FailureCause cause) {
    return cause.isWorthRetry() ? TRANSIENT : FAILED;
  }

  /** Returns the number that the process ends with. */
  int status() {
    return status;
  }
}
