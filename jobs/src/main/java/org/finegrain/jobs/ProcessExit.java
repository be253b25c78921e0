package org.finegrain.jobs;

import java.util.Locale;

/**
 * The end of a job's process. YARN's application master runs the driver of cluster mode in its own
 * process and counts every call of {@code System.exit} there as a failure, so a job that is done
 * returns from its main.
 */
final class ProcessExit {
  private ProcessExit() {}

  /** Returns if {@code status} is 0; else the process ends with it. */
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

  /** A failure in one line without a trace. YARN shows it as the diagnostics of the application. */
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
