package org.finegrain.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The launcher in a checkout of its own, with a JDK and a Spark that only print what they are
 * started with: a line for the program, then one for each argument. They end with exit code {@code
 * $STATUS}.
 */
final class Launcher {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  /** A script that plays a master that accepts connections, or a worker, until it is stopped. */
  private static final String DAEMON =
      """
      #!/bin/bash
      [[ $1 == *.Master ]] || exec sleep 60
      exec python3 -c 'import socket, time
      s = socket.create_server(("127.0.0.1", int("'"$5"'")))
      time.sleep(60)'
      """;

  private static final String PROGRAM =
      """
      #!/bin/bash
      printf '%s\\n' "${0##*/} LC_ALL=${LC_ALL:-} SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-}" "$@"
      exit ${STATUS:-0}
      """;

  final Path checkout;
  final Path java;
  final Path spark;
  final Map<String, String> environment = new HashMap<>();

  /** The exit code and the output of a start. */
  record Ended(int status, List<String> out, String err) {}

  private Launcher(Path folder, String name) {
    checkout = folder.resolve(name);
    java = folder.resolve("jdk");
    spark = folder.resolve("spark");
  }

  /**
   * Makes a checkout.
   *
   * @param name the name of the checkout's folder
   */
  static Launcher in(Path folder, String name) throws IOException {
    Launcher launcher = new Launcher(folder, name);
    copy(ROOT.resolve("submit-scripts"), launcher.checkout.resolve("submit-scripts"));
    copy(ROOT.resolve("conf"), launcher.checkout.resolve("conf"));
    write(launcher.checkout.resolve("jobs/target/finegrain-0.1.0.jar"), "");
    launcher.javaIs("17.0.1").sparkIs("2.12-3.5.7");
    launcher.environment.put("PATH", System.getenv("PATH"));
    launcher.environment.put("LC_ALL", "C.UTF-8");
    launcher.environment.put("JAVA_HOME", launcher.java.toString());
    launcher.environment.put("SPARK_HOME", launcher.spark.toString());
    return launcher;
  }

  Launcher javaIs(String version) throws IOException {
    write(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(java.resolve("bin/java"));
    return this;
  }

  Launcher sparkIs(String version) throws IOException {
    Path jars = spark.resolve("jars");
    if (Files.isDirectory(jars)) {
      try (Stream<Path> old = Files.list(jars)) {
        for (Path jar : old.toList()) {
          Files.delete(jar);
        }
      }
    }
    write(jars.resolve("spark-core_" + version + ".jar"), "");
    program(spark.resolve("bin/spark-submit"));
    script(spark.resolve("bin/spark-class"), DAEMON);
    return this;
  }

  Launcher with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Launcher without(String variable) {
    environment.remove(variable);
    return this;
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return start(checkout.resolve("submit-scripts/finegrain"), arguments);
  }

  Ended start(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    Path err = checkout.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out.lines().toList(), Files.readString(err));
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void program(Path file) throws IOException {
    script(file, PROGRAM);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + file + " executable");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
