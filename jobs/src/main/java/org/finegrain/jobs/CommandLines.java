package org.finegrain.jobs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.dataset.DatasetManifest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Checks the arguments of a job, and writes them down as one line. */
final class CommandLines {
  private static final char UNREADABLE = '\uFFFD';

  /** Arguments that a shell takes as they are. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private CommandLines() {}

  /**
   * Refuses arguments with letters that the locale of the process lacks. Java replaces these
   * letters by others, so that the arguments cannot be used.
   *
   * @throws ParameterException if an argument has such a letter; the message names the remedy
   */
  static void requireReadable(CommandLine commandLine, String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(UNREADABLE) >= 0) {
        throw new ParameterException(
            commandLine,
            String.format(
                Locale.ROOT,
                "Cannot read %s in this process's encoding, %s: start it with LC_ALL=C.UTF-8",
                argument,
                System.getProperty("sun.jnu.encoding")));
      }
    }
  }

  /**
   * Returns the short name of a dataset that an option gives.
   *
   * @throws ParameterException if there is no dataset of this name
   */
  static String dataset(CommandSpec spec, String name) {
    if (!DatasetManifest.NAMES.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "Unknown dataset %s: it must be one of %s",
              name,
              String.join(", ", DatasetManifest.NAMES)));
    }
    return name;
  }

  /** Returns what is wrong with a command line. A word that is not known has a suggestion. */
  static String fault(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    boolean isCommand =
        !unmatched.isUnknownOption() && !e.getCommandLine().getSubcommands().isEmpty();
    String message =
        isCommand ? "Unknown command: '" + unmatched.getUnmatched().get(0) + "'" : e.getMessage();
    List<String> suggestions = unmatched.getSuggestions(); // commands: the most similar one first
    return suggestions.isEmpty()
        ? message
        : message
            + ", did you mean "
            + (isCommand ? suggestions.get(0) : String.join(" or ", suggestions))
            + "?";
  }

  /**
   * Returns the whole command line, for provenance records. A POSIX shell splits it into the same
   * arguments.
   */
  static String of(CommandSpec spec) {
    CommandSpec root = spec.root();
    return Stream.concat(
            Stream.of(root.qualifiedName()),
            root.commandLine().getParseResult().originalArgs().stream().map(CommandLines::quoted))
        .collect(Collectors.joining(" "));
  }

  /** Returns an argument as a POSIX shell takes it, within single quotes where it needs them. */
  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
