package org.finegrain.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.markup.Markup;
import org.finegrain.report.table.Table;

/**
 * The report as one HTML page: the question, its answer and the main table first. It refers to
 * nothing but the files of tables and figures beside it. Its script makes tables sortable, and is
 * not needed to read it.
 */
final class Page {
  private static final String STYLE = resource("page.css");
  private static final String SCRIPT = resource("sort.js");

  /** A longer warning is folded up, so that the main table stays near. */
  private static final int LONGEST_WARNING = 300;

  private final Results results;
  private final List<String> faults;
  private final Answer answer;
  private final RunLinks links;
  private final StringBuilder body = new StringBuilder();

  private Page(Results results, List<String> faults, Answer answer, RunLinks links) {
    this.results = results;
    this.faults = faults;
    this.answer = answer;
    this.links = links;
  }

  /**
   * Returns the page as HTML.
   *
   * @param faults a sentence for each kind of fault in the files that were read
   * @param tables the tables, the main one first
   * @param images the names of the figures that exist as PNG images too
   */
  static String of(
      Results results,
      List<String> faults,
      Answer answer,
      RunLinks links,
      List<Table> tables,
      List<FigureGroup> figures,
      Set<String> images) {
    return new Page(results, faults, answer, links).build(tables, figures, images);
  }

  private String build(List<Table> tables, List<FigureGroup> figures, Set<String> images) {
    String title =
        results.sweeps().stream().map(Sweep::name).distinct().collect(Collectors.joining(", "));
    List<String> parts =
        Stream.of(
                "results",
                "tables",
                "figures",
                "protocol",
                "provenance",
                "configuration",
                "failures",
                "trials")
            .filter(part -> !part.equals("figures") || !figures.isEmpty())
            .filter(part -> !part.equals("failures") || !failures().isEmpty())
            .toList();
    header(title, parts);
    warnings();
    PageTables pageTables = new PageTables();
    body.append("<div id=\"results\">\n<h2 class=\"unseen\">Main table</h2>\n")
        .append(pageTables.html(tables.get(0)))
        .append("</div>\n");
    section("tables", "Tables");
    List<Table> others = tables.subList(1, tables.size());
    body.append(PageTables.contents(others));
    others.forEach(table -> body.append(pageTables.html(table)));
    if (!figures.isEmpty()) {
      section("figures", "Figures");
      body.append(PageFigures.html(figures, images));
    }
    section("protocol", "Protocol");
    body.append(Html.pairs("How the results came about", Protocol.of(results)));
    section("provenance", "Provenance");
    provenance();
    section("configuration", "Configuration");
    configuration();
    if (!failures().isEmpty()) {
      section("failures", "Failures");
      body.append(TrialList.failures(failures(), results, links));
    }
    section("trials", "Trials");
    String trials = TrialList.html(results, links);
    int count = results.trials().size();
    body.append(
        count > PageTables.MOST_OPEN_ROWS
            ? Html.folded(count + " trials, with links to their run folders", trials)
            : trials);
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s: finegrain report</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s</main>
        <script>
        %s</script>
        </body>
        </html>
        """,
        Markup.escape(title),
        STYLE,
        body,
        SCRIPT);
  }

  private void header(String title, List<String> parts) {
    body.append("<header>\n<p class=\"kind\">finegrain report</p>\n<h1>")
        .append(Markup.escape(title))
        .append("</h1>\n");
    body.append("<p class=\"question\">")
        .append(Markup.escape(answer.question()))
        .append("</p>\n<p class=\"lead\">")
        .append(Markup.escape(answer.sentence()))
        .append("</p>\n");
    findings();
    body.append("<p class=\"summary\">")
        .append(Markup.escape(summary()))
        .append("</p>\n<p class=\"states\">");
    Map<TrialState, Long> counts =
        results.trials().stream()
            .collect(Collectors.groupingBy(Trial::state, TreeMap::new, Collectors.counting()));
    Arrays.stream(TrialState.values())
        .filter(counts::containsKey)
        .forEach(
            state ->
                body.append(TrialList.label(state, counts.get(state) + " " + state.label()))
                    .append(' '));
    body.append("</p>\n<nav aria-label=\"Parts of the page\">");
    for (String part : parts) {
      body.append(String.format(Locale.ROOT, "<a href=\"#%s\">%s</a> ", part, part));
    }
    body.append("</nav>\n</header>\n");
  }

  private void findings() {
    if (!answer.findings().isEmpty()) {
      body.append(
          answer.findings().stream()
              .map(finding -> Html.element("li", Markup.escape(finding)) + "\n")
              .collect(Collectors.joining("", "<ul class=\"findings\">\n", "</ul>\n")));
    }
  }

  private String summary() {
    long seeds = results.trials().stream().map(Trial::seed).distinct().count();
    List<String> swept = new ArrayList<>();
    List<String> spaces =
        results.trials().stream()
            .flatMap(trial -> trial.spaces().keySet().stream())
            .distinct()
            .toList();
    if (spaces.equals(List.of(Comparisons.GRID))) {
      for (String key : results.varyingKeys()) {
        long values =
            results.trials().stream().map(trial -> trial.settings().get(key)).distinct().count();
        swept.add(String.format(Locale.ROOT, "%d values of %s", values, PublishedNames.ofKey(key)));
      }
    } else {
      swept.add(plural(spaces.size(), "space") + " (" + String.join(", ", spaces) + ")");
    }
    swept.add(plural(results.columns().size(), "dataset"));
    swept.add(plural(seeds, "seed"));
    return plural(results.trials().size(), "trial") + " over " + String.join(", ", swept) + ".";
  }

  private List<Trial> failures() {
    return results.trials().stream().filter(trial -> trial.state().isFailure()).toList();
  }

  private void warnings() {
    List<String> lines = new ArrayList<>();
    for (String fault : faults) {
      String line = "This report leaves out what it cannot read: " + fault + ".";
      lines.add(
          line.length() > LONGEST_WARNING
              ? Html.folded(
                  line.substring(0, line.offsetByCodePoints(0, LONGEST_WARNING / 2)) + " …",
                  Html.element("p", Markup.escape(line)))
              : Markup.escape(line));
    }
    DatasetTable.partial(results).map(Markup::escape).ifPresent(lines::add);
    DatasetTable.unknown(results).map(Markup::escape).ifPresent(lines::add);
    lines.forEach(line -> body.append("<div class=\"warning\">").append(line).append("</div>\n"));
  }

  private void section(String id, String title) {
    body.append(String.format(Locale.ROOT, "<h2 id=\"%s\">%s</h2>\n", id, title));
  }

  private void provenance() {
    SortedMap<String, List<String>> fields = Provenance.of(results.trials());
    fields.putIfAbsent(
        "seeds",
        List.of(
            results.trials().stream()
                .map(Trial::seed)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "))));
    Map<Column, DatasetFacts> facts = results.datasets();
    results.trials().stream()
        .filter(trial -> !trial.fingerprint().isEmpty())
        .forEach(
            trial ->
                fields.putIfAbsent(
                    "data " + results.column(trial).title(), List.of(trial.fingerprint())));
    facts.forEach(
        (column, dataset) ->
            fields.putIfAbsent("data " + column.title(), List.of(dataset.fingerprint())));
    body.append(Html.pairs("Code, machines and data that the results came from", fields));
  }

  private void configuration() {
    SortedMap<String, List<String>> common = new TreeMap<>();
    results.trials().stream()
        .limit(1)
        .flatMap(trial -> trial.settings().entrySet().stream())
        .filter(setting -> !results.varyingKeys().contains(setting.getKey()))
        .forEach(setting -> common.put(setting.getKey(), List.of(setting.getValue())));
    String caption = "Settings that all trials have in common";
    body.append(Html.folded(caption + ": " + common.size(), Html.pairs(caption, common)));
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
