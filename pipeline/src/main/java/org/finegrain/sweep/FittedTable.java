package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table of text that fits the width of a terminal. What is too wide is cut in the columns that
 * allow it, and then the least important columns are left out.
 */
final class FittedTable {
  private static final String GAP = "  ";
  private static final String CUT = "…";

  private final List<Column> columns = new ArrayList<>();

  /** The alignment of a column, and the part of its cells that gives way. */
  private enum Kind {
    WHOLE,
    NUMBER,
    TEXT,
    SENTENCE
  }

  /**
   * A column.
   *
   * @param least the width below which its cells are not cut any more
   * @param rank the place among the columns that are left out, from 1 for the first one; 0 if it
   *     always stays
   */
  private record Column(String header, List<String> cells, Kind kind, int least, int rank) {
    int width() {
      return Math.max(header.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    boolean isBlank() {
      return cells.stream().allMatch(String::isEmpty);
    }

    boolean isCut() {
      return kind == Kind.TEXT || kind == Kind.SENTENCE;
    }

    int leastWidth() {
      return Math.min(width(), least);
    }

    String cell(int row, int width) {
      String text = row < 0 ? header : cells.get(row);
      String cell = kind == Kind.TEXT ? cutInMiddle(text, width) : cutAtEnd(text, width);
      String blank = " ".repeat(width - cell.length());
      return kind == Kind.NUMBER ? blank + cell : cell + blank;
    }
  }

  /** Adds a column whose cells are always whole. */
  FittedTable whole(String header, List<String> cells) {
    return add(new Column(header, cells, Kind.WHOLE, Integer.MAX_VALUE, 0));
  }

  /** Adds a column of numbers, which are always whole. */
  FittedTable numbers(String header, List<String> cells) {
    return numbers(header, cells, 0);
  }

  /**
   * Adds a column of numbers that may be left out.
   *
   * @param rank the place among the columns that are left out, from 1 for the first one
   */
  FittedTable numbers(String header, List<String> cells, int rank) {
    return add(new Column(header, cells, Kind.NUMBER, Integer.MAX_VALUE, rank));
  }

  /**
   * Adds a column of text that is cut in its middle.
   *
   * @param least the width below which it is not cut any more
   */
  FittedTable text(String header, List<String> cells, int least) {
    return add(new Column(header, cells, Kind.TEXT, least, 0));
  }

  /**
   * Adds a column of sentences that are cut at their end, and may be left out.
   *
   * @param least the width below which they are not cut any more
   * @param rank the place among the columns that are left out, from 1 for the first one
   */
  FittedTable sentences(String header, List<String> cells, int least, int rank) {
    return add(new Column(header, cells, Kind.SENTENCE, least, rank));
  }

  private FittedTable add(Column column) {
    columns.add(column);
    return this;
  }

  /** Returns the header and the rows, none of them wider than {@code width}. */
  List<String> lines(int width) {
    List<Column> kept = new ArrayList<>(columns);
    Optional<Column> leastImportant = leastImportant(kept);
    while (leastWidth(kept) > width && leastImportant.isPresent()) {
      kept.remove(leastImportant.get());
      leastImportant = leastImportant(kept);
    }
    int spare = width - leastWidth(kept); // below 0 where even the least is too much
    List<Integer> widths = new ArrayList<>();
    for (Column column : kept) {
      int more =
          column.isCut()
              ? Math.max(
                  1 - column.leastWidth(), Math.min(spare, column.width() - column.leastWidth()))
              : 0;
      widths.add(column.leastWidth() + more);
      spare -= more;
    }
    List<String> lines = new ArrayList<>();
    for (int row = -1; row < columns.get(0).cells().size(); row++) {
      lines.add(cutAtEnd(line(kept, widths, row), width));
    }
    return lines;
  }

  private static Optional<Column> leastImportant(List<Column> columns) {
    return columns.stream()
        .filter(column -> column.rank() > 0)
        .min(Comparator.comparing((Column it) -> !it.isBlank()).thenComparing(Column::rank));
  }

  private static int leastWidth(List<Column> columns) {
    return columns.stream().mapToInt(Column::leastWidth).sum()
        + GAP.length() * (columns.size() - 1);
  }

  private static String line(List<Column> columns, List<Integer> widths, int row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(columns.get(i).cell(row, widths.get(i)));
    }
    return String.join(GAP, cells).stripTrailing();
  }

  private static String cutInMiddle(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int end = (width - CUT.length()) / 2;
    int begin = width - CUT.length() - end;
    return text.substring(0, begin) + CUT + text.substring(text.length() - end);
  }

  /** Returns a list in words as one line, or as several if it is wider than {@code width}. */
  static List<String> wrapped(List<String> words, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i) + (i < words.size() - 1 ? "," : "");
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line);
        line = "";
      }
      line = line.isEmpty() ? word : line + " " + word;
    }
    lines.add(line);
    return lines;
  }

  private static String cutAtEnd(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - CUT.length()) + CUT;
  }
}
