package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.config.ClusterConfig;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the DAG of {@code submit-scripts/airflow} with the real Airflow, Spark and finished jar. */
class AirflowDagSubmitIT {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("finegrain.root"), "submit-scripts", "airflow");

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void aTrialThatFailsStopsNeitherTheOtherShardNorTheReport() throws Exception {
    Outcome setup = run(List.of(SCRIPTS.resolve("setup").toString()));
    assumeTrue(setup.status() != 3, "skipped: Airflow needs Python 3.10 or newer");
    assertThat(setup.status()).as(setup.output()).isZero();
    String environment = setup.output().lines().reduce((first, last) -> last).orElseThrow();
    assertThat(run(List.of(environment + "/bin/airflow", "db", "migrate")).status()).isZero();
    Path dags = Files.createDirectories(folder.resolve("airflow/dags"));
    Files.createSymbolicLink(
        dags.resolve("finegrain_sweep.py"), SCRIPTS.resolve("finegrain_sweep.py"));
    assertThat(run(List.of(environment + "/bin/airflow", "dags", "reserialize")).status()).isZero();

    Outcome dag =
        run(
            List.of(
                environment + "/bin/python",
                SCRIPTS.resolve("check_dag.py").toString(),
                "--run",
                JSON.writeValueAsString(parameters())));
    assertThat(dag.status()).as(dag.output()).isZero();
    assertThat(dag.output()).contains("structure is right");

    JsonNode states = JSON.readTree(dag.output().lines().reduce((a, b) -> b).orElseThrow());
    assertThat(states)
        .as(dag.output())
        .isEqualTo(
            JSON.readTree(
                """
                {"run": "failed", "plan[-1]": "success", "shards[-1]": "success",
                 "run[0]": "success", "run[1]": "failed", "report[-1]": "success",
                 "outcome[-1]": "upstream_failed"}"""));
    assertThat(folder.resolve("report/index.html")).exists();
  }

  /**
   * Returns a sweep of two trials, one for each shard; the data cannot fill a batch of the second.
   */
  private Map<String, Object> parameters() throws IOException {
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      Path data = Files.createDirectories(folder.resolve("data"));
      Files.move(Path.of(URI.create(TinyDataset.ingest(spark, folder))), data.resolve("cub"));
    }
    Path config = folder.resolve("two-trials.conf");
    Files.writeString(
        config,
        """
        model { depth = 18, width = 8, attention.kind = none }
        loss.kind = ce
        augmentation { image-size = 32, evaluation-short-side = 36 }
        train.epochs = 1
        sweep { datasets = [cub], axes { "train.batch-size" = [8, 1000] } }
        """);
    return Map.of(
        "config", config.toString(),
        "data", folder.resolve("data").toString(),
        "out", folder.resolve("sweep").toString(),
        "report", folder.resolve("report").toString(),
        "shards", 2);
  }

  private record Outcome(int status, String output) {}

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    Path spark = StandaloneCluster.sparkHome();
    environment.put("SPARK_HOME", spark.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.merge("PATH", spark.resolve("bin").toString(), (all, bin) -> bin + ":" + all);
    environment.put("AIRFLOW_HOME", folder.resolve("airflow").toString());
    environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "false");
    environment.put(
        "AIRFLOW_CONN_SPARK_DEFAULT", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}");
    environment.put("FINEGRAIN_MEMORY", "1g");
    environment.put("FINEGRAIN_RETRIES", "0");
    int status = builder.start().waitFor();
    return new Outcome(status, Files.readString(output, StandardCharsets.UTF_8));
  }
}
