package org.finegrain.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.report.markup.Markup;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/** Pieces of HTML. Every text from outside goes through {@link Markup#escape}. */
final class Html {
  private Html() {}

  /** An element without attributes around HTML. */
  static String element(String name, String html) {
    return "<" + name + ">" + html + "</" + name + ">";
  }

  static String row(String cellElement, List<String> texts) {
    return texts.stream()
        .map(text -> element(cellElement, Markup.escape(text)))
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  static String table(Table table) {
    StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    table.rowHeads().forEach(head -> out.append(element("th", Markup.escape(head))));
    table
        .columns()
        .forEach(
            column ->
                out.append("<th class=\"number\">").append(Markup.escape(column)).append("</th>"));
    out.append("</tr></thead>\n");
    int width = table.rowHeads().size() + table.columns().size();
    for (Panel panel : table.panels()) {
      out.append("<tbody>\n");
      if (!panel.title().isEmpty()) {
        out.append(
            String.format(
                Locale.ROOT,
                "<tr class=\"panel\"><th colspan=\"%d\">%s</th></tr>\n",
                width,
                Markup.escape(panel.title())));
      }
      for (Panel.Row row : panel.rows()) {
        out.append("<tr>");
        row.heads()
            .forEach(
                head ->
                    out.append("<th scope=\"row\">").append(Markup.escape(head)).append("</th>"));
        row.cells().forEach(cell -> out.append(cell(cell)));
        out.append("</tr>\n");
      }
      out.append("</tbody>\n");
    }
    return out.append("</table></div>\n").toString();
  }

  private static String cell(Cell cell) {
    String text = Markup.escape(cell.text());
    String detail =
        cell.detail().isEmpty() ? "" : "<small>" + Markup.escape(cell.detail()) + "</small>";
    return switch (cell.emphasis()) {
      case NONE -> "<td>" + text + detail + "</td>";
      case BEST -> "<td><b>" + text + "</b>" + detail + "</td>";
      case MISSING -> "<td class=\"missing\">" + text + detail + "</td>";
    };
  }
}
