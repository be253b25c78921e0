package org.finegrain.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.environment.Interruption;
import org.finegrain.sweep.SweepStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the status of a sweep again and again, until nothing more happens or a signal comes.
 *
 * @param out where to show it
 * @param pause the time between two looks at the sweep folder
 * @param paints whether to paint over what was shown before, if there is a terminal
 */
record StatusWatch(PrintWriter out, Duration pause, boolean paints) {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWatch.class);

  /** The number of failures in a row after which the watch gives up. */
  private static final int FAILURES = 5;

  private static final String CLEAR_SCREEN = "\u001b[2J";
  private static final String TO_TOP = "\u001b[H";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** The reading of a sweep's status. */
  @FunctionalInterface
  interface Reading {
    SweepStatus read() throws IOException;
  }

  /** The text of a status. */
  @FunctionalInterface
  interface Rendering {
    /**
     * Returns the text.
     *
     * @param terminal the terminal whose size the text must fit; empty if there is none
     */
    String text(SweepStatus status, Optional<Terminal> terminal);
  }

  void run(Reading reading, Rendering rendering) throws IOException, InterruptedException {
    try (Interruption.Attention attention = new Interruption.Attention()) {
      attention.begin();
      SweepStatus status = reading.read();
      if (terminal().isPresent()) {
        Logs.turnOff(); // the next readings would warn of the same again, within the picture
        out.print(CLEAR_SCREEN);
      }
      show(status, rendering);
      int failures = 0;
      while (!status.isOver() && !Interruption.awaitRequest(pause)) {
        try {
          status = reading.read();
          failures = 0;
        } catch (IOException e) { // a store may not answer for a moment
          failures++;
          if (failures == FAILURES) {
            throw e;
          }
          say(e, failures);
          continue;
        }
        show(status, rendering);
      }
      if (terminal().isPresent() && Interruption.isRequested()) {
        out.println(); // the terminal itself has shown Ctrl-C in this line
      }
    }
  }

  /** Says that a look at the sweep folder failed; below the picture where there is one. */
  private void say(IOException e, int failures) {
    String text =
        String.format(
            Locale.ROOT,
            "Cannot read the sweep, failure %d of the %d in a row that end this: %s; trying again"
                + " in %d s",
            failures,
            FAILURES,
            e.getMessage(),
            pause.toSeconds());
    if (terminal().isPresent()) {
      out.print("\r" + text + CLEAR_REST_OF_LINE);
      out.flush();
    } else {
      LOG.warn(text);
    }
  }

  private Optional<Terminal> terminal() {
    return paints ? Terminal.current() : Optional.empty();
  }

  private void show(SweepStatus status, Rendering rendering) {
    Optional<Terminal> terminal = terminal();
    String text = rendering.text(status, terminal);
    out.print(terminal.map(it -> painting(text, it)).orElse(text + "\n"));
    out.flush();
  }

  /** Returns the text with what makes a terminal show it in place of the text before. */
  private static String painting(String text, Terminal terminal) {
    StringBuilder painting = new StringBuilder(TO_TOP);
    for (String line : terminal.fit(text)) {
      painting.append(line).append(CLEAR_REST_OF_LINE).append('\n');
    }
    return painting.append(CLEAR_BELOW).toString();
  }
}
