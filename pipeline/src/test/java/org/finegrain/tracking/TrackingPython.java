package org.finegrain.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.finegrain.process.PythonEnvironment;

/** The Python environment with MLflow and the reader of model cards. */
public final class TrackingPython {
  private static final Path FILES =
      Path.of(
          System.getProperty("finegrain.root"), "pipeline", "src", "test", "python", "tracking");

  private TrackingPython() {}

  /**
   * Returns a program of the environment, which is installed unless it is there. Where this
   * machine's Python is too old, the test is skipped.
   */
  public static String program(String name) throws IOException, InterruptedException {
    return PythonEnvironment.program(FILES, name, "MLflow needs Python 3.11 or newer");
  }

  /** Runs a script of the folder {@code python/tracking}, and returns what it prints. */
  public static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(program("python"), FILES.resolve(script).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.command().addAll(List.of(arguments));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
