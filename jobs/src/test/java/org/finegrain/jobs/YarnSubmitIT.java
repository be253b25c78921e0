package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.process.JavaProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the finished jar on YARN, in both deploy modes, with a configuration that Spark sends. */
class YarnSubmitIT {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  @TempDir private static Path folder;
  private static YarnCluster yarn;

  @BeforeAll
  static void start() throws IOException {
    yarn = YarnCluster.start(folder.resolve("hadoop"));
  }

  @AfterAll
  static void stop() {
    yarn.close();
  }

  @Test
  void bothDeployModesEndAsSucceeded() throws Exception {
    Path config = folder.resolve("tiny.conf");
    Files.writeString(
        config,
        """
        include "base/models/tiny-aam.conf" # the driver's container has it in the jar
        augmentation { image-size = 32, evaluation-short-side = 36 }
        train { epochs = 1, batch-size = 8 }
        synthetic { classes = 2, train-per-class = 10, test-per-class = 2, image-size = 40 }
        """);
    assertThat(
            JobMain.run(
                new DatasetJob(),
                System.err,
                System.err,
                "synthesize",
                "--config=" + config,
                "--out=" + folder.resolve("original")))
        .isZero();
    String data = folder.resolve("data").toUri().toString();

    List<String> ingest = new ArrayList<>(List.of("--config", config.toString()));
    ingest.addAll(List.of("--root", folder.resolve("original/cub").toUri().toString()));
    ingest.addAll(List.of("--out", data));
    submit("client", "IngestJob", config, ingest);

    // Named without its folder, as Spark puts the file into the driver's container.
    List<String> train = new ArrayList<>(List.of("--config", "tiny.conf", "--data", data));
    train.addAll(List.of("--out", folder.resolve("runs").toUri().toString()));
    String log = submit("cluster", "TrainJob", config, train);

    assertThat(log).contains("final status: SUCCEEDED");
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      assertThat(runs)
          .singleElement()
          .satisfies(run -> assertThat(run.resolve("result.json")).exists());
    }
  }

  /** Runs a job by spark-submit and returns its output. */
  private static String submit(String mode, String job, Path config, List<String> arguments)
      throws IOException, InterruptedException {
    Path spark = StandaloneCluster.sparkHome();
    String java = System.getProperty("java.home");
    List<String> command =
        new ArrayList<>(List.of(spark.resolve("bin/spark-submit").toString(), "--master", "yarn"));
    command.addAll(List.of("--deploy-mode", mode, "--class", "org.finegrain.jobs." + job));
    command.addAll(List.of("--properties-file", ROOT + "/conf/spark-standalone.conf"));
    command.addAll(List.of("--files", config.toUri().toString()));
    for (String setting :
        List.of(
            "spark.executor.cores=1",
            "spark.executor.instances=1",
            "spark.executor.memory=1g",
            "spark.driver.memory=1g",
            "spark.ui.enabled=false",
            "spark.yarn.jars=local:" + spark.resolve("jars/*"),
            "spark.yarn.stagingDir=" + folder.resolve("staging").toUri(),
            "spark.yarn.appMasterEnv.JAVA_HOME=" + java,
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.JAVA_HOME=" + java,
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.yarn.appMasterEnv.JDK_JAVA_OPTIONS=" + JavaProcess.SHORT_LIVED,
            "spark.executorEnv.JDK_JAVA_OPTIONS=" + JavaProcess.SHORT_LIVED)) {
      command.addAll(List.of("--conf", setting));
    }
    command.add(jar().toString());
    command.addAll(arguments);
    Path log = folder.resolve(mode + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("JAVA_HOME", java);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JDK_JAVA_OPTIONS", JavaProcess.SHORT_LIVED);
    builder.environment().put("HADOOP_CONF_DIR", yarn.settings().toString());
    int status = builder.start().waitFor();
    String said = Files.readString(log);
    assertThat(status).as(said).isZero();
    return said;
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("jobs/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("finegrain-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
