package org.finegrain.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, with the JVM options and the class path of this one. */
public final class JavaProcess implements AutoCloseable {
  /**
   * The options of a JVM that lives for seconds, as {@code JDK_JAVA_OPTIONS} takes them: the
   * compiler and the collector that take the least time before they pay. They halve that time.
   */
  public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * A program that runs another one on a terminal, which shows and types what this process does.
   */
  private static final String TERMINAL =
      """
      import fcntl, os, pty, select, struct, sys, termios
      process, terminal = pty.fork()
      if process == 0:
          os.execvp(sys.argv[3], sys.argv[3:])
      fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(sys.argv[1]), int(sys.argv[2]), 0, 0))
      while True:
          for readable in select.select([terminal, 0], [], [])[0]:
              try:
                  read = os.read(readable, 65536)
              except OSError: # the terminal is closed
                  sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
              os.write(1 if readable == terminal else terminal, read)
      """;

  private final Path out;
  private final Path err;
  private final Process process;

  private JavaProcess(Path out, Path err, Process process) {
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param folder the folder for what the program prints
   * @param options further options of the JVM
   */
  public static JavaProcess start(
      Path folder, Class<?> program, List<String> options, List<String> arguments)
      throws IOException {
    return start(folder, Map.of(), java(program, options, arguments));
  }

  /**
   * Starts a program with variables of the environment that differ from this process.
   *
   * @param folder the folder for what the program prints
   */
  public static JavaProcess start(
      Path folder,
      Map<String, String> environment,
      Class<?> program,
      List<String> options,
      List<String> arguments)
      throws IOException {
    return start(folder, environment, java(program, options, arguments));
  }

  /**
   * Starts a program on a terminal.
   *
   * @param folder the folder for what the terminal shows
   * @param rows the number of lines of the terminal
   * @param columns the number of characters in a line
   */
  public static JavaProcess startOnTerminal(
      Path folder, int rows, int columns, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("python3", "-c", TERMINAL, Integer.toString(rows), Integer.toString(columns)));
    command.addAll(java(program, List.of(), arguments));
    return start(folder, Map.of(), command);
  }

  private static List<String> java(Class<?> program, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of(SHORT_LIVED.split(" ")));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return command;
  }

  private static JavaProcess start(
      Path folder, Map<String, String> environment, List<String> command) throws IOException {
    File out = File.createTempFile("out", "", folder.toFile());
    File err = File.createTempFile("err", "", folder.toFile());
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new JavaProcess(out.toPath(), err.toPath(), process);
  }

  /** Sends a signal, such as {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    assertThat(status).isZero();
  }

  /** Types on the terminal. */
  public void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until {@code condition} holds, while the process lives. */
  public void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline)).as(err()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Kills the process with SIGKILL, and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Returns the process id. */
  public long id() {
    return process.pid();
  }

  /** Waits for the end of the process; returns its exit code. */
  public int exitCode() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).as(err()).isTrue();
    return process.exitValue();
  }

  /** Returns what the program has written to standard output. */
  public String out() throws IOException {
    return Files.readString(out);
  }

  /** Returns what the program has written to standard error. */
  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Returns the lines on standard error that are neither of the log nor of the JVM. */
  public List<String> messages() throws IOException {
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
