package org.finegrain.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.finegrain.process.JavaProcess;

/**
 * A standalone Spark cluster: a master and workers as processes of their own on the loopback
 * interface.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = freePort();
  private final int uiPort = freePort();
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts a cluster and returns when all workers have registered.
   *
   * @param folder the folder for logs and the workers' files
   */
  public static StandaloneCluster start(Path folder, int workers, int coresPerWorker)
      throws IOException, InterruptedException {
    return start(folder, Collections.nCopies(workers, "127.0.0.1"), coresPerWorker);
  }

  /**
   * Starts a cluster like {@link #start}, but with each worker on an address of its own, as if each
   * ran on another host.
   */
  public static StandaloneCluster startApart(Path folder, int workers, int coresPerWorker)
      throws IOException, InterruptedException {
    return start(
        folder,
        IntStream.rangeClosed(1, workers).mapToObj(host -> "127.0.0." + host).toList(),
        coresPerWorker);
  }

  private static StandaloneCluster start(Path folder, List<String> hosts, int coresPerWorker)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    try {
      cluster.launch(
          "master",
          "org.apache.spark.deploy.master.Master",
          "--host",
          "127.0.0.1",
          "--port",
          String.valueOf(cluster.port),
          "--webui-port",
          String.valueOf(cluster.uiPort));
      for (int i = 0; i < hosts.size(); i++) {
        cluster.launch(
            "worker-" + i,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            hosts.get(i),
            "--webui-port",
            "0",
            "--cores",
            String.valueOf(coresPerWorker),
            "--memory",
            "2g",
            "--work-dir",
            folder.resolve("work-" + i).toString(),
            cluster.url());
      }
      cluster.awaitWorkers(hosts.size());
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns the URL of the master. */
  public String url() {
    return "spark://127.0.0.1:" + port;
  }

  /** Returns the processes of the executors that run now. */
  public List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Kills a worker and its executors. Nothing replaces them. */
  public void killWorker(int worker) {
    Process process = processes.get(1 + worker); // the first is the master
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Returns the configuration of an application with two executors of one core each. */
  public SparkConf conf(String engine) {
    return new SparkConf()
        .setMaster(url())
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.executor.cores", "1")
        .set("spark.cores.max", "2")
        .set("spark.executor.memory", "1g")
        .set("spark.executor.extraClassPath", testClassPath())
        .set(
            "spark.executor.extraJavaOptions",
            String.format(
                Locale.ROOT,
                "--add-modules=jdk.incubator.vector -Dbigdl.engineType=%s -Dbigdl.mklNumThreads=1 -Dbigdl.disableOmpAffinity=true",
                engine));
  }

  /**
   * Returns the class path that executors need for the classes under test: those of the modules, of
   * the engine and of the library that reads configurations, without those that Spark brings
   * itself.
   */
  public static String testClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                Files.isDirectory(Path.of(entry))
                    || entry.contains("bigdl")
                    || entry.contains("typesafe"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Returns the folder of Spark: {@code SPARK_HOME} of the environment, or else the one that {@code
   * submit-scripts/setup} installs.
   *
   * @throws IllegalStateException if there is no Spark
   */
  public static Path sparkHome() {
    String home = System.getenv("SPARK_HOME");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path path =
        home != null
            ? Path.of(home)
            : (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("finegrain/spark-" + org.apache.spark.package$.MODULE$.SPARK_VERSION());
    if (!Files.exists(path.resolve("bin/spark-class"))) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot find bin/spark-class in %s: set SPARK_HOME, or run: submit-scripts/setup",
              path));
    }
    return path;
  }

  /** Stops the workers before the master, and makes sure that their executors end. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void launch(String name, String... arguments) throws IOException {
    Path spark = sparkHome();
    List<String> command = new ArrayList<>(List.of(spark.resolve("bin/spark-class").toString()));
    command.addAll(List.of(arguments));
    Files.createDirectories(folder);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
    builder.environment().put("JDK_JAVA_OPTIONS", JavaProcess.SHORT_LIVED); // of executors too
    processes.add(builder.start());
  }

  private void awaitWorkers(int workers) throws InterruptedException {
    Instant deadline = Instant.now().plus(START);
    while (aliveWorkers() < workers) {
      if (Instant.now().isAfter(deadline) || !processes.stream().allMatch(Process::isAlive)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Cannot start the cluster: %d workers did not register; see the logs in %s",
                workers,
                folder));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private int aliveWorkers() {
    try {
      JsonNode state =
          new ObjectMapper().readTree(URI.create("http://127.0.0.1:" + uiPort + "/json/").toURL());
      return state.path("aliveworkers").asInt();
    } catch (IOException e) {
      return 0; // the master is not up yet
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot find a free port", e);
    }
  }
}
