package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports the DAG of {@code submit-scripts/airflow} with the real Airflow and checks it. */
class AirflowDagSubmitIT {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("finegrain.root"), "submit-scripts", "airflow");

  @TempDir Path folder;

  @Test
  void dagPlansMapsShardsAndReportsWhateverTheyCameTo() throws Exception {
    Outcome setup = run(List.of(SCRIPTS.resolve("setup").toString()));
    assumeTrue(setup.status() != 3, "skipped: Airflow needs Python 3.10 or newer");
    assertThat(setup.status()).as(setup.output()).isZero();
    String environment = setup.output().lines().reduce((first, last) -> last).orElseThrow();

    assertThat(run(List.of(environment + "/bin/airflow", "db", "migrate")).status()).isZero();
    Outcome check =
        run(List.of(environment + "/bin/python", SCRIPTS.resolve("check_dag.py").toString()));

    assertThat(check.status()).as(check.output()).isZero();
    assertThat(check.output()).contains("structure is right");
  }

  private record Outcome(int status, String output) {}

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("AIRFLOW_HOME", folder.resolve("airflow").toString());
    builder.environment().put("AIRFLOW__CORE__LOAD_EXAMPLES", "false");
    int status = builder.start().waitFor();
    return new Outcome(status, Files.readString(output.toPath(), StandardCharsets.UTF_8));
  }
}
