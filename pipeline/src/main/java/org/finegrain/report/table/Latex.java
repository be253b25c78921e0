package org.finegrain.report.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a table in LaTeX with booktabs, to be included by {@code \input}. Numbers are set flush
 * right, or aligned by siunitx. The table fits the width of its page or column. A table that is
 * longer than a page continues in further floats.
 */
public final class Latex {
  /** Lines of {@code \small} type on a page of {@code article}, without caption and head. */
  private static final double LINES_PER_FLOAT = 40;

  private static final Optional<SiunitxColumn> NOT_ALIGNED = Optional.empty();
  private static final int NOTE_CHARACTERS_PER_LINE = 80;
  private static final int MAX_NOTE_LENGTH = 500;
  private static final int MAX_NOTES = 8;
  private static final int MAX_HEAD_LENGTH = 13;

  /** A table with more columns of values spans both columns of a two-column page. */
  private static final int MAX_COLUMNS_OF_NARROW_TABLE = 2;

  private final Table table;

  /** The columns that siunitx aligns; empty for one that is set flush right. */
  private final List<Optional<SiunitxColumn>> aligned;

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder rows = new StringBuilder();
  private double lines;
  private int floats;

  private Latex(Table table, List<Optional<SiunitxColumn>> aligned) {
    this.table = table;
    this.aligned = aligned;
    boolean needsSiunitx = aligned.stream().anyMatch(Optional::isPresent);
    out.append("% needs \\usepackage{booktabs,graphicx")
        .append(needsSiunitx ? ",siunitx}\n" : "}\n");
  }

  /** Returns {@code table} in LaTeX, without further packages. */
  public static String of(Table table) {
    return new Latex(table, table.columns().stream().map(it -> NOT_ALIGNED).toList()).build();
  }

  /** Returns {@code table} in LaTeX with its numbers aligned by the package siunitx. */
  public static String withSiunitx(Table table) {
    return new Latex(
            table,
            IntStream.range(0, table.columns().size())
                .mapToObj(column -> SiunitxColumn.of(cells(table, column)))
                .toList())
        .build();
  }

  private static List<Cell> cells(Table table, int column) {
    return table.panels().stream()
        .flatMap(panel -> panel.rows().stream())
        .map(row -> row.cells().get(column))
        .toList();
  }

  private String build() {
    for (Panel panel : table.panels()) {
      boolean begun = false;
      for (Panel.Row row : panel.rows()) {
        double height = row.cells().stream().allMatch(cell -> cell.detail().isEmpty()) ? 1 : 2.2;
        if (lines + height > LINES_PER_FLOAT) {
          closeFloat(List.of());
          begun = false;
        }
        if (!begun) {
          panelHead(panel);
          begun = true;
        }
        row(row);
        lines += height;
      }
    }
    List<String> notes = notes();
    if (lines + notes.stream().mapToInt(Latex::lines).sum() > LINES_PER_FLOAT) {
      closeFloat(List.of());
    }
    closeFloat(notes);
    return out.toString();
  }

  private void panelHead(Panel panel) {
    rows.append("    \\midrule\n");
    lines += 0.5;
    if (!panel.title().isEmpty()) {
      rows.append(
          String.format(
              Locale.ROOT,
              "    \\multicolumn{%d}{@{}l}{\\textit{%s}} \\\\\n",
              table.rowHeads().size() + table.columns().size(),
              LatexText.escape(panel.title())));
      lines++;
    }
  }

  /** Adds a row: keys and values in one line, the details of the values in a second one. */
  private void row(Panel.Row row) {
    Stream<String> heads = row.heads().stream().map(LatexText::escape);
    String values = line(heads, texts(row.cells()));
    if (row.cells().stream().allMatch(cell -> cell.detail().isEmpty())) {
      rows.append("    ").append(values).append(" \\\\\n");
    } else {
      Stream<String> below = row.heads().stream().map(head -> "");
      String details = line(below, details(row.cells()));
      rows.append("    ").append(values).append(" \\\\[-2pt]\n");
      rows.append("    ").append(details).append(" \\\\\n    \\addlinespace[2pt]\n");
    }
  }

  private Stream<String> texts(List<Cell> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i ->
                aligned
                    .get(i)
                    .map(
                        it -> SiunitxColumn.number(cells.get(i)).orElse(braced(text(cells.get(i)))))
                    .orElse(text(cells.get(i))));
  }

  private Stream<String> details(List<Cell> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i -> aligned.get(i).isPresent() ? braced(detail(cells.get(i))) : detail(cells.get(i)));
  }

  /** Returns a text that siunitx does not read as a number. */
  private static String braced(String text) {
    return text.isEmpty() ? "" : "{" + text + "}";
  }

  private static String text(Cell cell) {
    String text = LatexText.escape(cell.text());
    return switch (cell.emphasis()) {
      case BEST -> "\\textbf{" + text + "}";
      case SECOND -> "\\underline{" + text + "}";
      case NONE, MISSING -> text;
    };
  }

  private static String detail(Cell cell) {
    return cell.detail().isEmpty() ? "" : "{\\scriptsize " + LatexText.escape(cell.detail()) + "}";
  }

  private void closeFloat(List<String> notes) {
    String environment = table.columns().size() > MAX_COLUMNS_OF_NARROW_TABLE ? "table*" : "table";
    String title = LatexText.escape(table.title());
    out.append("\\begin{").append(environment).append("}\n  \\centering\n");
    out.append(
        floats == 0
            ? "  \\caption{" + title + ".}\n  \\label{tab:" + table.name() + "}\n"
            : "  \\addtocounter{table}{-1}\n  \\caption{" + title + " (continued).}\n");
    if (!rows.isEmpty()) {
      tabular();
    }
    if (!notes.isEmpty()) {
      out.append("  \\par\\smallskip\n  \\parbox{\\linewidth}{\\footnotesize\\raggedright\n");
      notes.forEach(note -> out.append("    ").append(LatexText.paragraph(note)).append("\\par\n"));
      out.append("  }\n");
    }
    out.append("\\end{").append(environment).append("}\n");
    rows.setLength(0);
    lines = 0;
    floats++;
  }

  private void tabular() {
    String columns =
        "l".repeat(table.rowHeads().size())
            + aligned.stream()
                .map(it -> it.map(SiunitxColumn::specification).orElse("r"))
                .collect(Collectors.joining());
    String heads =
        line(
            table.rowHeads().stream().map(head -> head(head, 'l')),
            IntStream.range(0, table.columns().size()).mapToObj(this::columnHead));
    out.append("  \\par\\smallskip\n  \\small\\setlength{\\tabcolsep}{4pt}%\n");
    out.append("  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n");
    out.append("  \\begin{tabular}{@{}").append(columns).append("@{}}\n    \\toprule\n");
    out.append("    ").append(heads).append(" \\\\\n");
    out.append(rows).append("    \\bottomrule\n  \\end{tabular}}\n");
  }

  private String columnHead(int column) {
    String text = table.columns().get(column);
    return aligned.get(column).isPresent() ? braced(head(text, 'c')) : head(text, 'r');
  }

  /**
   * Returns a head, in two lines if it is long, so that its column is no wider than its numbers.
   */
  private static String head(String text, char alignment) {
    int space = text.lastIndexOf(' ');
    return text.length() <= MAX_HEAD_LENGTH || space < 0
        ? LatexText.escape(text)
        : "\\begin{tabular}[b]{@{}"
            + alignment
            + "@{}}"
            + LatexText.escape(text.substring(0, space))
            + " \\\\ "
            + LatexText.escape(text.substring(space + 1))
            + "\\end{tabular}";
  }

  private List<String> notes() {
    List<String> notes =
        table.notes().stream().limit(MAX_NOTES).map(this::shortened).collect(Collectors.toList());
    if (table.notes().size() > MAX_NOTES) {
      notes.add("Further notes are in " + table.name() + ".md.");
    }
    return notes;
  }

  private String shortened(String note) {
    return note.length() <= MAX_NOTE_LENGTH
        ? note
        : note.substring(0, MAX_NOTE_LENGTH) + "… (whole in " + table.name() + ".md)";
  }

  private static int lines(String note) {
    return 1 + note.length() / NOTE_CHARACTERS_PER_LINE;
  }

  private static String line(Stream<String> heads, Stream<String> values) {
    return Stream.concat(heads, values).collect(Collectors.joining(" & "));
  }
}
