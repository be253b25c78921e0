package org.finegrain.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.finegrain.train.DurationText;
import org.finegrain.train.RunProgress;
import org.finegrain.train.RunResult;
import org.finegrain.train.Scores;

/**
 * The table of a sweep's status for a reader: a line for each trial, the time left, and the numbers
 * by state.
 */
public final class StatusTable {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** The part of a configuration key that a terminal need not show, such as {@code loss.}. */
  private static final Pattern SECTIONS_OF_KEYS = Pattern.compile("(?:[\\w-]+\\.)+(?=[\\w-]+ = )");

  private static final int LEAST_OF_SETTINGS = 24; // columns of a terminal
  private static final int LEAST_OF_REASON = 24;
  private static final Comparator<TrialStatus> BY_INTEREST =
      Comparator.comparingInt(StatusTable::rank)
          .thenComparing(it -> it.since().orElse(Instant.MIN), Comparator.reverseOrder());

  private final SweepStatus status;
  private final TimeLeft timeLeft;
  private final List<TrialStatus> listed;

  /**
   * Makes the table.
   *
   * @param listsRetired whether retired trials have lines
   */
  public StatusTable(SweepStatus status, boolean listsRetired) {
    this.status = status;
    this.timeLeft = new TimeLeft(status);
    this.listed = new ArrayList<>(status.trials());
    if (listsRetired) {
      listed.addAll(status.retired());
    }
  }

  /** Returns the whole table, with the trials in the order of the plan. */
  public String text() {
    return text(UNLIMITED);
  }

  /** Returns the table in the width of a terminal, with the trials in the order of the plan. */
  public String text(int columns) {
    return String.join("\n", lines(listed, columns));
  }

  /**
   * Returns as much of the table as a terminal shows. Running trials come first, then those that
   * failed, then those that are done, the newest one first, and then the others.
   */
  public String text(int columns, int rows) {
    List<TrialStatus> sorted = new ArrayList<>(listed);
    sorted.sort(BY_INTEREST);
    int surplus = lines(sorted, columns).size() - rows;
    int shown = surplus <= 0 ? sorted.size() : Math.max(1, sorted.size() - surplus - 1);
    return String.join("\n", lines(sorted.subList(0, shown), columns));
  }

  private static int rank(TrialStatus status) {
    return switch (status.state()) {
      case RUNNING -> 0;
      case FAILED, DIVERGED, UNREADABLE -> 1;
      case COMPLETED, PRUNED -> 2;
      case PAUSED, INTERRUPTED -> 3;
      case PLANNED -> 4;
      case RETIRED -> 5;
    };
  }

  private List<String> lines(List<TrialStatus> shown, int columns) {
    List<String> lines = new ArrayList<>(rows(shown, columns).lines(columns));
    if (shown.size() < listed.size()) {
      lines.add("… and " + (listed.size() - shown.size()) + " more");
    }
    if (!status.trials().stream().allMatch(it -> it.state().isDone())) {
      lines.addAll(FittedTable.wrapped(List.of(timeLeft.text().split(", ")), columns));
    }
    lines.addAll(FittedTable.wrapped(List.of(status.totals().split(", ")), columns));
    return lines;
  }

  private FittedTable rows(List<TrialStatus> shown, int columns) {
    UnaryOperator<String> settings =
        columns == UNLIMITED ? it -> it : it -> SECTIONS_OF_KEYS.matcher(it).replaceAll("");
    return new FittedTable()
        .whole("trial", cells(shown, it -> it.trial().id()))
        .text("settings", cells(shown, it -> settings.apply(it.trial().label())), LEAST_OF_SETTINGS)
        .whole("state", cells(shown, it -> it.state().text()))
        .numbers("attempts", cells(shown, it -> Integer.toString(it.attempts())), 2)
        .numbers("epoch", cells(shown, it -> epoch(it.progress())))
        .numbers("val %", cells(shown, it -> percent(it.progress().bestTop1())))
        .numbers("test %", cells(shown, it -> percent(testTop1(it))))
        .numbers("img/s", cells(shown, it -> number("%.1f", it.progress().imagesPerSecond())), 1)
        .numbers("left", cells(shown, this::left))
        .sentences("process or reason", cells(shown, TrialStatus::note), LEAST_OF_REASON, 3);
  }

  private static List<String> cells(List<TrialStatus> shown, Function<TrialStatus, String> cell) {
    return shown.stream().map(cell).toList();
  }

  private static String epoch(RunProgress progress) {
    return progress.epochs().isEmpty() && progress.allEpochs().isEmpty()
        ? ""
        : text(progress.epochs()) + "/" + text(progress.allEpochs());
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "?";
  }

  static OptionalDouble testTop1(TrialStatus status) {
    return status.result().flatMap(RunResult::test).stream().mapToDouble(Scores::top1).findFirst();
  }

  private static String percent(OptionalDouble fraction) {
    return number(
        "%.2f", fraction.isPresent() ? OptionalDouble.of(100 * fraction.getAsDouble()) : fraction);
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
  }

  private String left(TrialStatus trial) {
    return trial.state() == TrialState.RUNNING
        ? timeLeft.of(trial).map(DurationText::of).orElse("unknown")
        : "";
  }
}
