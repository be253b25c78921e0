package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.finegrain.report.markup.Markup;
import org.finegrain.report.table.Table;

/**
 * The tables on the page, each with its notes and its files. A note that an earlier table has is
 * not repeated: a link leads there.
 */
final class PageTables {
  /** A table with more rows is folded up, so that the page can be read. */
  static final int MOST_OPEN_ROWS = 20;

  private static final Map<String, String> FORM_NAMES =
      Map.of("md", "Markdown", "tex", "LaTeX", "csv", "CSV", "json", "JSON");

  /** Note → the first table on the page that has it. */
  private final Map<String, Table> placeOfNote = new LinkedHashMap<>();

  /** Returns links to tables. */
  static String contents(List<Table> tables) {
    return Html.contents(tables.stream().map(PageTables::link).toList());
  }

  private static String link(Table table) {
    return Html.link("#" + id(table), table.title());
  }

  private static String id(Table table) {
    return "table-" + table.name();
  }

  /** Returns a table; those of one page must be asked for in the order of the page. */
  String html(Table table) {
    long rows = table.panels().stream().mapToLong(panel -> panel.rows().size()).sum();
    String content = Html.table(table) + notes(table);
    return String.format(
        Locale.ROOT,
        "<section id=\"%s\">\n%s%s</section>\n",
        id(table),
        rows > MOST_OPEN_ROWS
            ? Html.folded(table.title() + ": " + rows + " rows", content)
            : content,
        files(table));
  }

  private String notes(Table table) {
    List<String> lines = new ArrayList<>();
    Set<String> elsewhere = new LinkedHashSet<>();
    for (String note : table.notes()) {
      Table first = placeOfNote.putIfAbsent(note, table);
      if (first == null) {
        lines.add(Markup.escape(note));
      } else {
        elsewhere.add(link(first));
      }
    }
    if (!elsewhere.isEmpty()) {
      lines.add("The other notes are those of: " + String.join("; ", elsewhere) + ".");
    }
    return lines.stream()
        .map(line -> Html.element("li", line) + "\n")
        .collect(Collectors.joining("", "<ul class=\"notes\">\n", "</ul>\n"));
  }

  private static String files(Table table) {
    return Report.TABLE_FORMS.stream()
        .map(form -> Html.link("tables/" + table.name() + "." + form, FORM_NAMES.get(form)))
        .collect(Collectors.joining(" ", "<p class=\"files\">This table as ", "</p>\n"));
  }
}
