package org.finegrain.jobs;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The words that a job was started with. */
final class CommandLines {
  private static final char UNREADABLE = '\uFFFD';

  private CommandLines() {}

  /**
   * Refuses arguments with letters that the locale of the process lacks, in whose place Java puts
   * others.
   *
   * @throws ParameterException naming the remedy
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

  /** The whole command line, for provenance records. */
  static String of(CommandSpec spec) {
    CommandSpec root = spec.root();
    return root.qualifiedName()
        + " "
        + String.join(" ", root.commandLine().getParseResult().originalArgs());
  }
}
