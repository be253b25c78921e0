package org.finegrain.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.finegrain.config.ConfigException;
import org.finegrain.dataset.DataException;
import org.finegrain.doctor.MissingExecutorsException;
import org.finegrain.doctor.UnfitException;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.environment.Interruption;
import org.finegrain.report.ReportException;
import org.finegrain.sweep.PlanException;
import org.finegrain.sweep.SweepException;
import org.finegrain.train.FailureCause;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command and turns its outcome or its exception into output and an exit code, in the same
 * way for all commands:
 *
 * <ul>
 *   <li>for an {@link Outcome}, its text is the last thing on standard output; everything else is
 *       on standard error;
 *   <li>for a {@link ConfigException}, a {@link PlanException} or a wrong command line, the message
 *       is printed and the exit code is 2;
 *   <li>for a signal, and where Spark is stopped, a line says how to go on and the exit code is
 *       130;
 *   <li>for an {@link UnfitException}, the message is printed and the exit code is 4;
 *   <li>for any other exception whose message explains itself, the message is printed;
 *   <li>for all others, the stack trace is printed; for both the exit code is 6 if the same command
 *       may succeed, by {@link FailureCause}, and else 1.
 * </ul>
 */
public final class JobMain {
  /** The exceptions whose message explains to the user what is wrong and what to do. */
  private static final List<Class<? extends Exception>> EXPLAINED =
      List.of(
          AccessControlException.class,
          DataException.class,
          InvalidPathException.class,
          MissingExecutorsException.class,
          ReportException.class,
          RunException.class,
          SampleLoadingException.class,
          SweepException.class,
          UnfitException.class);

  private final PrintStream out;
  private final PrintStream err;
  private final Consumer<String> onBegin;

  /**
   * Prepares to run commands.
   *
   * @param onBegin called before a command begins, with the text to print if a signal ends it
   */
  private JobMain(PrintStream out, PrintStream err, Consumer<String> onBegin) {
    this.out = out;
    this.err = err;
    this.onBegin = onBegin;
  }

  /**
   * Does the whole work of a job's {@code main}: runs the command, and ends the process if it
   * failed.
   *
   * @param command a picocli command; it, or each of its subcommands, is a {@code
   *     Callable<Outcome>}
   */
  public static void exit(Object command, String... arguments) {
    Logs.configure();
    SignalHook signals = new SignalHook(System.err);
    int status =
        new JobMain(System.out, System.err, signals::commandBegins)
            .run(commandLine(command, System.out), arguments);
    ProcessExit.with(signals.commandEnded(status), System.err);
  }

  /** Runs a command, as {@link #exit} does, and returns the exit code. Tests call this. */
  public static int run(Object command, PrintStream out, PrintStream err, String... arguments) {
    return new JobMain(out, err, advice -> {}).run(commandLine(command, out), arguments);
  }

  /** Returns a picocli command line for {@code command}, whose help goes to {@code out}. */
  static CommandLine commandLine(Object command, PrintStream out) {
    CommandLine commandLine = new CommandLine(command);
    if (!(command instanceof FinegrainCommand)) {
      commandLine.setCommandName("finegrain " + commandLine.getCommandName());
    }
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    prepare(commandLine);
    return commandLine;
  }

  private static void prepare(CommandLine commandLine) {
    CommandSpec spec = commandLine.getCommandSpec();
    spec.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    spec.usageMessage().showDefaultValues(true).sortOptions(false).width(100);
    commandLine.getSubcommands().values().forEach(JobMain::prepare);
  }

  private int run(CommandLine commandLine, String... arguments) {
    try {
      CommandLines.requireReadable(commandLine, arguments);
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return ExitCode.DONE.status();
      }
      ParseResult job = innermost(parsed);
      onBegin.accept(advice(job.commandSpec(), "interrupted"));
      Outcome outcome = execute(job);
      if (Interruption.isUnderWay()) {
        return ExitCode.INTERRUPTED.status();
      }
      if (!outcome.output().isEmpty()) {
        out.println(outcome.output());
        out.flush();
      }
      return outcome.code().status();
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      err.println(name + ": " + CommandLines.fault(e) + "; see " + name + " --help");
      return ExitCode.USAGE.status();
    } catch (Throwable e) { // Errors too: memory can run out, and libraries can be missing
      return report(commandLine, e).status();
    }
  }

  private static String advice(CommandSpec spec, String event) {
    return spec.qualifiedName()
        + ": "
        + event
        + "; go on with the same command"
        + (spec.findOption("--resume") == null ? "" : " and --resume");
  }

  private static ParseResult innermost(ParseResult parsed) {
    return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
  }

  private static Outcome execute(ParseResult parsed) throws Exception {
    CommandSpec spec = parsed.commandSpec();
    for (CommandSpec mixin : spec.mixins().values()) {
      if (mixin.userObject() instanceof ExperimentOptions options && options.printConfig()) {
        return Outcome.shows(options.resolve().listing().stripTrailing());
      }
    }
    if (spec.userObject() instanceof Callable<?> job) {
      return (Outcome) job.call();
    }
    throw new ParameterException(
        spec.commandLine(),
        "Missing a subcommand, one of " + String.join(", ", spec.subcommands().keySet()));
  }

  private ExitCode report(CommandLine commandLine, Throwable e) {
    if (Interruption.isRequested()) {
      return ExitCode.INTERRUPTED; // SignalHook prints the message
    }
    if (causes(e).anyMatch(JobMain::isEndOfSpark)) {
      err.println(
          advice(innermost(commandLine.getParseResult()).commandSpec(), "Spark was stopped"));
      return ExitCode.INTERRUPTED;
    }
    String name = commandLine.getCommandName();
    if (e instanceof ConfigException || e instanceof PlanException) {
      err.println(name + ": " + e.getMessage());
      return ExitCode.USAGE;
    }
    Optional<Throwable> explained = explained(e);
    if (explained.isPresent()) {
      err.println(name + ": " + explained.get().getMessage());
    } else {
      err.println(name + " failed:");
      e.printStackTrace(err);
    }
    return exitCode(e, explained);
  }

  private static ExitCode exitCode(Throwable e, Optional<Throwable> explained) {
    if (explained.filter(UnfitException.class::isInstance).isPresent()) {
      return ExitCode.UNFIT;
    }
    return explained.filter(MissingExecutorsException.class::isInstance).isPresent()
        ? ExitCode.TRANSIENT
        : ExitCode.of(FailureCause.of(e));
  }

  /**
   * Returns the exception whose message explains the failure; empty if there is none. Searches the
   * causes too, as Spark wraps the exceptions of executors.
   */
  private static Optional<Throwable> explained(Throwable e) {
    Optional<Throwable> explained =
        causes(e).filter(cause -> EXPLAINED.contains(cause.getClass())).findFirst();
    // The messages of file systems explain themselves, such as "No such file or directory: …".
    return explained.isEmpty() && e instanceof IOException && e.getMessage() != null
        ? Optional.of(e)
        : explained.or(() -> causes(e).flatMap(cause -> exhausted(cause).stream()).findFirst());
  }

  /** Returns an exception that explains that memory or a disk is full, on whichever machine. */
  private static Optional<Throwable> exhausted(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(
          new RunException(
              "Out of memory ("
                  + message
                  + "): give more by --spark spark.driver.memory=… or spark.executor.memory=…"));
    } else if (cause instanceof IOException && message.contains("No space left on device")) {
      return Optional.of(
          new RunException(
              "A disk is full (" + message + "): make room where --out and spark.local.dir are"));
    }
    return Optional.empty();
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  /** Returns whether Spark was stopped. Spark has no type of exception for this. */
  private static boolean isEndOfSpark(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof InterruptedRunException
        || message.contains("SparkContext was shut down")
        || message.contains("Cannot call methods on a stopped SparkContext")
        || message.contains("Spark context stopped while waiting for backend"); // no master answers
  }
}
