package org.finegrain.report.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a table in GitHub's Markdown. */
public final class Markdown {
  private Markdown() {}

  /** Returns {@code table} in Markdown. */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder("# " + escape(table.title()) + "\n");
    for (Panel panel : table.panels()) {
      out.append('\n');
      if (!panel.title().isEmpty()) {
        out.append("## ").append(escape(panel.title())).append("\n\n");
      }
      out.append(line(escaped(concat(table.rowHeads(), table.columns()))));
      out.append(rule(table.rowHeads().size(), table.columns().size()));
      for (Panel.Row row : panel.rows()) {
        List<String> cells = row.cells().stream().map(Markdown::cell).toList();
        out.append(line(concat(escaped(row.heads()), cells)));
      }
    }
    if (!table.notes().isEmpty()) {
      out.append('\n');
      table.notes().forEach(note -> out.append("- ").append(escape(note)).append('\n'));
    }
    return out.toString();
  }

  private static String cell(Cell cell) {
    String text = escape(cell.text());
    String shown =
        switch (cell.emphasis()) {
          case BEST -> "**" + text + "**";
          case SECOND -> "<ins>" + text + "</ins>"; // Markdown has no sign for underlined text
          case NONE, MISSING -> text;
        };
    return cell.detail().isEmpty() ? shown : shown + " (" + escape(cell.detail()) + ")";
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String rule(int heads, int columns) {
    return "|" + " --- |".repeat(heads) + " ---: |".repeat(columns) + "\n";
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(Markdown::escape).toList();
  }

  private static List<String> concat(List<String> left, List<String> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }

  /**
   * Returns the text such that neither Markdown nor HTML interprets it; a line break is a space.
   */
  static String escape(String text) {
    return text.chars()
        .mapToObj(
            c ->
                "\\`*_{}[]<>#|&~$".indexOf(c) >= 0
                    ? "\\" + (char) c
                    : c < ' ' ? " " : String.valueOf((char) c))
        .collect(Collectors.joining());
  }
}
