package org.finegrain.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.finegrain.report.markup.Markup;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/** Builds pieces of HTML. Every text from outside goes through {@link Markup#escape}. */
final class Html {
  /** A longer head of a row is broken into lines. */
  private static final int LONGEST_HEAD = 24;

  private Html() {}

  /** Returns an element without attributes that holds {@code html}. */
  static String element(String name, String html) {
    return "<" + name + ">" + html + "</" + name + ">";
  }

  /**
   * Returns a link.
   *
   * @param address an address of our own, or one that is an URI
   */
  static String link(String address, String text) {
    return "<a href=\"" + Markup.escape(address) + "\">" + Markup.escape(text) + "</a>";
  }

  /** Returns a list of links to the parts of a section. */
  static String contents(List<String> links) {
    return links.stream()
        .map(link -> element("li", link))
        .collect(Collectors.joining("\n", "<ul class=\"contents\">\n", "\n</ul>\n"));
  }

  /** Returns a part of the page that a reader unfolds; it is open in print. */
  static String folded(String summary, String html) {
    return "<details>\n" + element("summary", Markup.escape(summary)) + html + "</details>\n";
  }

  /** Returns the head of a column. */
  static String columnHead(String text) {
    return "<th scope=\"col\">" + Markup.escape(text) + "</th>";
  }

  /** Returns the head of a row. */
  static String rowHead(String text) {
    String style = text.length() > LONGEST_HEAD ? " class=\"long\"" : "";
    return "<th scope=\"row\"" + style + ">" + Markup.escape(text) + "</th>";
  }

  /**
   * Returns a table under its caption. A table that is wider than the window can be scrolled, also
   * with the keyboard.
   *
   * @param kind the table's class in the style sheet
   * @param rows the HTML that follows the caption: head and body
   */
  static String table(String kind, String caption, String rows) {
    return table(kind, caption, "span", rows);
  }

  private static String table(String kind, String caption, String element, String rows) {
    String title = Markup.escape(caption);
    return "<div class=\"scroll\" role=\"region\" aria-label=\""
        + title
        + "\" tabindex=\"0\">\n<table class=\""
        + kind
        + "\">\n<caption>"
        + element(element, title)
        + "</caption>\n"
        + rows
        + "</table>\n</div>\n";
  }

  /** Returns a table of numbers, with its panels one below the other. */
  static String table(Table table) {
    StringBuilder rows = new StringBuilder("<thead><tr>");
    table.rowHeads().forEach(head -> rows.append(columnHead(head)));
    table
        .columns()
        .forEach(
            column ->
                rows.append("<th scope=\"col\" class=\"number\">")
                    .append(Markup.escape(column))
                    .append("</th>"));
    rows.append("</tr></thead>\n");
    int width = table.rowHeads().size() + table.columns().size();
    for (Panel panel : table.panels()) {
      rows.append("<tbody>\n");
      if (!panel.title().isEmpty()) {
        rows.append("<tr class=\"panel\"><th scope=\"rowgroup\" colspan=\"")
            .append(width)
            .append("\">")
            .append(Markup.escape(panel.title()))
            .append("</th></tr>\n");
      }
      for (Panel.Row row : panel.rows()) {
        rows.append("<tr>");
        row.heads().forEach(head -> rows.append(rowHead(head)));
        row.cells().forEach(cell -> rows.append(cell(cell)));
        rows.append("</tr>\n");
      }
      rows.append("</tbody>\n");
    }
    return table("numbers", table.title(), "h3", rows.toString());
  }

  private static String cell(Cell cell) {
    String text = Markup.escape(cell.text());
    String detail =
        cell.detail().isEmpty() ? "" : "<small>" + Markup.escape(cell.detail()) + "</small>";
    return switch (cell.emphasis()) {
      case NONE -> "<td>" + text + detail + "</td>";
      case BEST -> "<td><b>" + text + "</b>" + detail + "</td>";
      case SECOND -> "<td><u>" + text + "</u>" + detail + "</td>";
      case MISSING -> "<td class=\"missing\">" + text + detail + "</td>";
    };
  }

  /** Returns a table with a row for each name and its values. */
  static String pairs(String caption, Map<String, List<String>> pairs) {
    return table(
        "pairs",
        caption,
        "<thead class=\"unseen\"><tr>"
            + columnHead("name")
            + columnHead("value")
            + "</tr></thead>\n<tbody>\n"
            + pairs.entrySet().stream()
                .map(
                    pair ->
                        "<tr>"
                            + rowHead(pair.getKey())
                            + "<td>"
                            + pair.getValue().stream()
                                .map(Markup::escape)
                                .collect(Collectors.joining("<br>"))
                            + "</td></tr>\n")
                .collect(Collectors.joining())
            + "</tbody>\n");
  }
}
