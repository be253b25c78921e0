package org.finegrain.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A Python environment of tests, which a script {@code setup} installs unless it is there. */
public final class PythonEnvironment {
  private static final int TOO_OLD = 3;

  private PythonEnvironment() {}

  /**
   * Returns a program of the environment. Where this machine's Python is too old, the test is
   * skipped.
   *
   * @param folder the folder of the script
   * @param needs the reason for skipping, such as {@code MLflow needs Python 3.11 or newer}
   */
  public static String program(Path folder, String name, String needs)
      throws IOException, InterruptedException {
    Process setup =
        new ProcessBuilder(folder.resolve("setup").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = setup.inputReader(UTF_8)) {
      String environment = out.readLine();
      int status = setup.waitFor();
      assumeTrue(status != TOO_OLD, "skipped: " + needs);
      assertThat(status).isZero();
      return environment + "/bin/" + name;
    }
  }
}
