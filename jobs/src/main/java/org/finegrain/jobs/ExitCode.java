package org.finegrain.jobs;

/** How a command ended, as the process tells its caller. */
public enum ExitCode {
  DONE(0),
  FAILED(1),
  /** The command line or the configuration is at fault; nothing was started. */
  USAGE(2),
  /**
   * Some trials failed, the rest is complete; a run was paused, to be resumed; or a reproduction
   * came to something else.
   */
  PARTLY(3),
  /**
   * The settings, the machines or the data do not fit what was asked for. The same fails again
   * until somebody mends what the message names.
   */
  UNFIT(4),
  /** Cut short from outside, as by Ctrl-C: to be continued. What shells say of such a process. */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
