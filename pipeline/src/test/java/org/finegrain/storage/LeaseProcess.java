package org.finegrain.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** A process of its own that takes, confirms and gives back leases as a test tells it. */
final class LeaseProcess implements AutoCloseable {
  static final String HELD = "held";

  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  private LeaseProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.orders = process.outputWriter(UTF_8);
  }

  static LeaseProcess start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx200m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LeaseProcess.class.getName());
    return new LeaseProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** Lets the process take the lease in a folder, as soon as the clock shows a time. */
  void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  /** Returns the answer to an order: {@link #HELD}, or the message of the exception. */
  String answer() throws IOException {
    return answers.readLine();
  }

  String ask(String order) throws IOException {
    order(order);
    return answer();
  }

  long id() {
    return process.pid();
  }

  /** Sends a signal such as {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, "" + id()).start().waitFor();
    if (status != 0) {
      throw new IOException("Cannot send SIG" + name + " to process " + id());
    }
  }

  /** Kills the process with SIGKILL. */
  @Override
  public void close() throws IOException {
    try {
      if (!process.destroyForcibly().waitFor(1, TimeUnit.MINUTES)) {
        throw new IOException("Cannot kill process " + id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Carries out the orders on standard input: {@code take LOCATION TIME}, where the time is that of
   * the clock in milliseconds, {@code confirm} and {@code give-back}.
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream answers = new PrintStream(System.out, true, UTF_8);
    Optional<Lease> lease = Optional.empty();
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] order = line.split(" ");
      try {
        switch (order[0]) {
          case "take" -> {
            Folder folder = Folder.at(order[1], new Configuration(false));
            while (System.currentTimeMillis() < Long.parseLong(order[2])) {
              Thread.onSpinWait();
            }
            lease = Optional.of(Lease.acquire(folder, "run 7"));
          }
          case "confirm" -> lease.orElseThrow().confirm();
          case "give-back" -> lease.orElseThrow().close();
          default -> throw new IllegalArgumentException("Unknown order: " + line);
        }
        answers.println(HELD);
      } catch (LeaseHeldException e) {
        answers.println(e.getMessage());
      }
    }
  }
}
