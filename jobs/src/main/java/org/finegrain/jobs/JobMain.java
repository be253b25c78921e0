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
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command and turns what becomes of it into output and an exit code, the same way for all:
 *
 * <ul>
 *   <li>the {@link Outcome}'s text is the last line of standard output; all else goes to standard
 *       error;
 *   <li>a {@link ConfigException}, a {@link PlanException} or a wrong command line: its message,
 *       exit code 2;
 *   <li>an end from outside, by a signal or as Spark is stopped: a line that says how to go on,
 *       exit code 130;
 *   <li>an {@link UnfitException}: its message, exit code 4;
 *   <li>a failure that was foreseen: its sentence, exit code 1;
 *   <li>any other: its stack trace, exit code 1.
 * </ul>
 */
public final class JobMain {
  /** Exceptions whose message tells the user all there is to know. */
  private static final List<Class<? extends Exception>> FORESEEN =
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
  private final Consumer<String> begins;

  /**
   * @param begins is told, before a command begins, what to say if a signal ends it
   */
  private JobMain(PrintStream out, PrintStream err, Consumer<String> begins) {
    this.out = out;
    this.err = err;
    this.begins = begins;
  }

  /**
   * Does all that a job's {@code main} has to do. Ends the process if the command failed.
   *
   * @param command annotated for picocli; it, or its subcommands, are {@code Callable<Outcome>}
   */
  public static void exit(Object command, String... arguments) {
    Logs.configure();
    SignalHook signals = new SignalHook(System.err);
    int status =
        new JobMain(System.out, System.err, signals::commandBegins)
            .run(commandLine(command, System.out), arguments);
    signals.commandEnded();
    ProcessExit.with(status);
  }

  /** As {@link #exit}, but returns the exit code: what tests call. */
  public static int run(Object command, PrintStream out, PrintStream err, String... arguments) {
    return new JobMain(out, err, advice -> {}).run(commandLine(command, out), arguments);
  }

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
      begins.accept(advice(job.commandSpec(), "interrupted"));
      Outcome outcome = execute(job);
      if (Interruption.isUnderWay()) {
        return ExitCode.INTERRUPTED.status();
      }
      out.println(outcome.output());
      out.flush();
      return outcome.code().status();
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      err.println(name + ": " + e.getMessage() + "; see " + name + " --help");
      return ExitCode.USAGE.status();
    } catch (Throwable e) { // memory can run out, and libraries be missing, too
      return report(commandLine, e).status();
    }
  }

  private static String advice(CommandSpec spec, String what) {
    return spec.qualifiedName()
        + ": "
        + what
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
        "Missing the subcommand: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  private ExitCode report(CommandLine commandLine, Throwable e) {
    if (Interruption.isUnderWay()) {
      return ExitCode.INTERRUPTED; // the hook of the signal says so
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
    Optional<Throwable> foreseen = foreseen(e);
    if (foreseen.isPresent()) {
      err.println(name + ": " + foreseen.get().getMessage());
      return foreseen.get() instanceof UnfitException ? ExitCode.UNFIT : ExitCode.FAILED;
    }
    err.println(name + " failed:");
    e.printStackTrace(err);
    return ExitCode.FAILED;
  }

  /** Looks behind Spark's exceptions, which wrap those of executors. */
  private static Optional<Throwable> foreseen(Throwable e) {
    Optional<Throwable> foreseen =
        causes(e).filter(cause -> FORESEEN.contains(cause.getClass())).findFirst();
    // Of a file system: "No such file or directory: …" needs no trace, one without words does.
    return foreseen.isEmpty() && e instanceof IOException && e.getMessage() != null
        ? Optional.of(e)
        : foreseen.or(() -> causes(e).flatMap(cause -> exhausted(cause).stream()).findFirst());
  }

  /** Returns a sentence for memory or a disk that is used up, on the driver or on an executor. */
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
              "A disk is full ("
                  + message
                  + "): make room where --out lies, and where spark.local.dir does"));
    }
    return Optional.empty();
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  /** Spark has no type for it. */
  private static boolean isEndOfSpark(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof InterruptedRunException
        || message.contains("SparkContext was shut down")
        || message.contains("Cannot call methods on a stopped SparkContext");
  }
}
