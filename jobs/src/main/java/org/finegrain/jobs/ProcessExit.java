package org.finegrain.jobs;

import java.util.Locale;

/**
 * Ends the process of a job. A job that succeeded returns from its main: in cluster mode YARN runs
 * the driver in the process of its application master, and counts every call of {@code System.exit}
 * there as a failure.
 */
final class ProcessExit {
  private ProcessExit() {}

  /** Ends the process with {@code status}; returns if {@code status} is 0. */
  static void with(int status) {
    if (status == ExitCode.DONE.status()) {
      return;
    }
    if (runsInApplicationMaster()) {
      throw new FailedJob(status);
    }
    System.exit(status);
  }

  private static boolean runsInApplicationMaster() {
    return System.getProperty("spark.master", "").equals("yarn")
        && System.getProperty("spark.submit.deployMode", "").equals("cluster");
  }

  /**
   * Signals to YARN that a job failed. It has no stack trace, because YARN would show that as the
   * diagnostics of the application.
   */
  static final class FailedJob extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedJob(int status) {
      super(
          String.format(
              Locale.ROOT,
              "finegrain ended with exit code %d; the driver's log says why: yarn logs -applicationId ID",
              status),
          null,
          false,
          false);
    }
  }
}
