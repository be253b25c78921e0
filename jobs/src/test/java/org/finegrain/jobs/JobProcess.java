package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A job in a process of its own, with the JVM options and the class path of this one. */
final class JobProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path out;
  private final Path err;
  private final Process process;

  private JobProcess(Path out, Path err, Process process) {
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /**
   * Starts a job.
   *
   * @param folder the folder for what the job prints
   * @param options further options of the JVM
   */
  static JobProcess start(Path folder, Class<?> job, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), job.getName()));
    command.addAll(arguments);
    File out = File.createTempFile("out", "", folder.toFile());
    File err = File.createTempFile("err", "", folder.toFile());
    Process process = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
    return new JobProcess(out.toPath(), err.toPath(), process);
  }

  /** Sends a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    assertThat(status).isZero();
  }

  /** Waits until {@code condition} holds, while the process lives. */
  void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline)).as(err()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Waits for the end of the process; returns its exit code. */
  int exitCode() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).as(err()).isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Returns the lines on standard error that are neither of the log nor of the JVM. */
  List<String> messages() throws IOException {
    return err()
        .lines()
        .filter(line -> !line.matches("INFO .*|WARNING: Using incubator .*"))
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
