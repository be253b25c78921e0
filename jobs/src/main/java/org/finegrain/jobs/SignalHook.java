package org.finegrain.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.apache.hadoop.util.ShutdownHookManager;
import org.finegrain.environment.Interruption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a signal, such as Ctrl-C, that comes before the command has ended. The first signal only
 * asks the command to end by itself, if it is at work that can do so. If it cannot, if it takes too
 * long, or if a second signal comes, the process ends: Spark's jobs are cancelled, so that the
 * command can close its files. In any case one line says how to go on.
 */
final class SignalHook {
  private static final Logger LOG = LoggerFactory.getLogger(SignalHook.class);

  /** The signals that end a JVM, with the numbers that POSIX gives them. */
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /**
   * The kernel's facts of this process, among them the signals that it ignores as bits of a mask.
   */
  private static final Path FACTS = Path.of("/proc/self/status");

  private static final String IGNORED = "SigIgn:";
  private static final int STATUS_OF_SIGNAL_0 = 128; // as shells and the JVM itself count

  /**
   * The time for the command to end by itself. YARN and Kubernetes kill a process 30 seconds after
   * SIGTERM, and the rest of this time is for cancelling.
   */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Runs before Spark's hook, which stops the context, and Hadoop's, which closes file systems. */
  private static final int PRIORITY = 1_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 50;

  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicBoolean advised = new AtomicBoolean();
  private volatile int status = ExitCode.INTERRUPTED.status();
  private volatile String advice = "";

  SignalHook(PrintStream err) {
    this.err = err;
  }

  /**
   * Notes that a command begins.
   *
   * @param howToGoOn the line to print if a signal comes from now on
   */
  void commandBegins(String howToGoOn) {
    advice = howToGoOn;
    ShutdownHookManager.get()
        .addShutdownHook(this::cancel, PRIORITY, TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
    try {
      handleSignals();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("The JVM handles signals itself, which end the command at once", e);
    }
  }

  /**
   * Notes that the command has ended, so that a signal has nothing to end any more.
   *
   * @param exit the exit code that the command ended with
   * @return the exit code of the process, which differs if a signal ended the command
   */
  int commandEnded(int exit) {
    ended.countDown();
    if (signals.get() == 0 || exit != ExitCode.INTERRUPTED.status()) {
      return exit;
    }
    advise();
    return status;
  }

  private void handleSignals() throws IOException {
    long ignored = ignoredSignals();
    SIGNALS.forEach(
        (name, number) -> {
          if ((ignored >> (number - 1) & 1) == 0) { // nohup, for example, lets a command ignore HUP
            new IrqHandler(name, signal -> interrupted(signal.getNumber())).bind();
          }
        });
  }

  private static long ignoredSignals() throws IOException {
    for (String line : Files.readAllLines(FACTS)) {
      if (line.startsWith(IGNORED)) {
        return Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16);
      }
    }
    throw new IOException(FACTS + " has no line " + IGNORED);
  }

  /** Is called by the JVM in a thread of its own for each signal. */
  private void interrupted(int signal) {
    if (signals.incrementAndGet() == 1) {
      status = STATUS_OF_SIGNAL_0 + signal;
      if (Interruption.request()) {
        LOG.info("Ending after the present step, with a checkpoint; a second signal ends at once");
        if (awaitEnd(GRACE)) {
          return;
        }
      }
    }
    System.exit(status);
  }

  private boolean awaitEnd(Duration time) {
    try {
      return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Cancels what the command does. It runs when the process ends, for whatever reason. */
  private void cancel() {
    if (ended.getCount() == 0) {
      return;
    }
    Interruption.begin();
    Logs.turnOff(); // neither Spark's errors of cancelled jobs nor what Scala prints help the user
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!awaitEnd(Duration.ofMillis(POLL_MILLIS)) && System.nanoTime() < deadline) {
      SparkSessions.cancelJobs();
    }
    advise();
  }

  private void advise() {
    if (advised.compareAndSet(false, true)) {
      err.println(advice);
      err.flush();
    }
  }
}
