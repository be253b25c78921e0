package org.finegrain.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A table in LaTeX, with the rules of booktabs; to be included by {@code \input}. */
public final class Latex {
  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '[', "{[}"), // after \\ a bracket would be its argument
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) 'η', "$\\eta$"),
          Map.entry((int) 'λ', "$\\lambda$"),
          Map.entry((int) 'μ', "$\\mu$"),
          Map.entry((int) '—', "---"),
          Map.entry((int) '…', "\\ldots{}"));

  private Latex() {}

  public static String of(Table table) {
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{table}\n");
    out.append("  \\centering\n  \\caption{").append(escape(table.title())).append(".}\n");
    out.append("  \\label{tab:").append(table.name()).append("}\n");
    int width = table.rowHeads().size() + table.columns().size();
    String format = "l".repeat(table.rowHeads().size()) + "r".repeat(table.columns().size());
    out.append("  \\begin{tabular}{").append(format).append("}\n    \\toprule\n");
    List<String> heads = new ArrayList<>(table.rowHeads());
    heads.addAll(table.columns());
    out.append(line(heads.stream().map(Latex::escape).toList()));
    for (Panel panel : table.panels()) {
      out.append("    \\midrule\n");
      if (!panel.title().isEmpty()) {
        out.append(
            String.format(
                Locale.ROOT,
                "    \\multicolumn{%d}{l}{\\textit{%s}} \\\\\n",
                width,
                escape(panel.title())));
      }
      for (Panel.Row row : panel.rows()) {
        List<String> cells = new ArrayList<>(row.heads().stream().map(Latex::escape).toList());
        row.cells().forEach(cell -> cells.add(cell(cell)));
        out.append(line(cells));
      }
    }
    out.append("    \\bottomrule\n  \\end{tabular}\n");
    table
        .notes()
        .forEach(note -> out.append("  \\\\ {\\footnotesize ").append(escape(note)).append("}\n"));
    return out.append("\\end{table}\n").toString();
  }

  private static String cell(Cell cell) {
    String text = escape(cell.text());
    String shown = cell.emphasis() == Cell.Emphasis.BEST ? "\\textbf{" + text + "}" : text;
    return cell.detail().isEmpty()
        ? shown
        : String.format(
            Locale.ROOT,
            "\\shortstack[r]{%s \\\\ {\\scriptsize %s}}",
            shown,
            escape(cell.detail()));
  }

  private static String line(List<String> cells) {
    return "    " + String.join(" & ", cells) + " \\\\\n";
  }

  /** Text that LaTeX prints as it is; a line break becomes a space. */
  static String escape(String text) {
    return text.chars()
        .mapToObj(c -> c < ' ' ? " " : ESCAPES.getOrDefault(c, String.valueOf((char) c)))
        .collect(Collectors.joining());
  }
}
