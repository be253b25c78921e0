package org.finegrain.jobs;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of the terminal that standard output is shown on.
 *
 * @param rows the number of lines
 * @param columns the number of characters in a line
 */
record Terminal(int rows, int columns) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");
  private static final Path THIS = Path.of("/dev/tty");

  /** Returns the terminal of this process; empty if standard output is none. */
  @SuppressWarnings(
      "SystemConsoleNull") // null without a terminal on Java 17, which the build fixes
  static Optional<Terminal> current() {
    return System.console() == null ? Optional.empty() : size();
  }

  /**
   * Returns the lines of a text that the terminal shows, with its last line and room for one below.
   * Each is cut to the width of the terminal.
   */
  List<String> fit(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.size() >= rows) {
      lines.subList(Math.max(0, rows - 2), lines.size() - 1).clear();
    }
    lines.replaceAll(line -> line.substring(0, Math.min(line.length(), columns)));
    return lines;
  }

  private static Optional<Terminal> size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(THIS.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
      String printed = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = SIZE.matcher(printed.strip());
      return size.matches()
          ? Optional.of(
                  new Terminal(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
              .filter(it -> it.rows > 0 && it.columns > 0)
          : Optional.empty();
    } catch (IOException e) { // no such program: the output is not fitted
      return Optional.empty();
    }
  }
}
