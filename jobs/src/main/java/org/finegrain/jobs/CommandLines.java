package org.finegrain.jobs;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the arguments of a job, and writes them down as one line. */
final class CommandLines {
  private static final char UNREADABLE = '\uFFFD';

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

  /** Returns the whole command line, for provenance records. */
  static String of(CommandSpec spec) {
    CommandSpec root = spec.root();
    return root.qualifiedName()
        + " "
        + String.join(" ", root.commandLine().getParseResult().originalArgs());
  }
}
