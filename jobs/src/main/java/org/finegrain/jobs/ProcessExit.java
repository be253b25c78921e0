package org.finegrain.jobs;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Ends the process of a job. A job that succeeded returns from its main: in cluster mode YARN runs
 * the driver in the process of its application master, and counts every call of {@code System.exit}
 * there as a failure.
 */
final class ProcessExit {
  /** The system property that asks for a last line with the exit code. */
  private static final String PRINTS_CODE = "finegrain.print-exit-code";

  private ProcessExit() {}

  /**
   * Ends the process with {@code status}; returns if {@code status} is 0.
   *
   * @param err where the last line goes, if the system property asks for one: {@code spark-submit}
   *     has exit codes of its own, from which a program that started it cannot tell finegrain's
   */
  static void with(int status, PrintStream err) {
    if (status == ExitCode.DONE.status()) {
      return;
    }
    if (runsInApplicationMaster()) {
      throw new FailedJob(status);
    }
    if (Boolean.getBoolean(PRINTS_CODE)) {
      err.println(sentence(status));
      err.flush();
    }
    System.exit(status);
  }

  private static String sentence(int status) {
    return String.format(Locale.ROOT, "finegrain ended with exit code %d", status);
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
          sentence(status) + "; the driver's log says why: yarn logs -applicationId ID",
          null,
          false,
          false);
    }
  }
}
