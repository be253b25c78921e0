package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.report.markup.Markup;

/** The table of all trials on the page, with a row for each trial. */
final class TrialList {
  private static final String NONE = "—";
  private static final List<String> HEADS =
      List.of(
          "trial",
          "sweep",
          "data",
          "differs by",
          "seed",
          "state",
          "top-1 %",
          "epochs",
          "time",
          "img/s",
          "replicas");

  private TrialList() {}

  static String html(Results results, RunLinks links) {
    String heads = HEADS.stream().map(Html::columnHead).collect(Collectors.joining());
    String rows =
        results.trials().stream()
            .map(trial -> row(results, trial, links))
            .collect(Collectors.joining("", "<tbody>\n", "</tbody>\n"));
    return Html.table(
        "list",
        "All trials, how they differ, and how they ended",
        "<thead><tr>" + heads + "</tr></thead>\n" + rows);
  }

  /** Returns the table of the trials that ended without a result that counts, with the causes. */
  static String failures(List<Trial> failures, Results results, RunLinks links) {
    StringBuilder rows = new StringBuilder("<thead><tr>");
    List.of("trial", "data", "differs by", "seed", "state and cause")
        .forEach(head -> rows.append(Html.columnHead(head)));
    rows.append("</tr></thead>\n<tbody>\n");
    for (Trial trial : failures) {
      rows.append("<tr>").append(id(trial, links));
      for (String cell :
          List.of(
              Markup.escape(results.column(trial).title()),
              differences(results, trial),
              Long.toString(trial.seed()),
              state(trial))) {
        rows.append(Html.element("td", cell));
      }
      rows.append("</tr>\n");
    }
    return Html.table(
        "list failures",
        "Trials that diverged, failed, were given up, or cannot be read, and why",
        rows.append("</tbody>\n").toString());
  }

  private static String id(Trial trial, RunLinks links) {
    String name = Html.element("code", Markup.escape(trial.id()));
    String linked =
        links
            .to(trial.place())
            .filter(address -> trial.state() != TrialState.PLANNED)
            .map(address -> "<a href=\"" + Markup.escape(address) + "\">" + name + "</a>")
            .orElse(name);
    return "<th scope=\"row\">" + linked + "</th>";
  }

  private static String differences(Results results, Trial trial) {
    return Markup.escape(
        PublishedNames.assignments(Results.settings(trial, results.varyingKeys())));
  }

  private static String row(Results results, Trial trial, RunLinks links) {
    List<String> cells = new ArrayList<>();
    cells.add(Markup.escape(trial.sweep()));
    cells.add(Markup.escape(results.column(trial).title()));
    cells.add(differences(results, trial));
    cells.add(Long.toString(trial.seed()));
    cells.add(state(trial));
    cells.add(trial.test().map(hits -> Percent.of(hits.fraction())).orElse(NONE));
    cells.addAll(trial.outcome().map(TrialList::outcome).orElse(List.of(NONE, NONE, NONE, NONE)));
    return "<tr>"
        + id(trial, links)
        + cells.stream().map(html -> Html.element("td", html)).collect(Collectors.joining())
        + "</tr>\n";
  }

  private static String state(Trial trial) {
    String message =
        trial.message().map(text -> Html.element("small", Markup.escape(text))).orElse("");
    return label(trial.state(), trial.state().label()) + message;
  }

  /** Returns {@code words} in the style of a state. */
  static String label(TrialState state, String words) {
    String style = state.name().toLowerCase(Locale.ROOT);
    return "<span class=\"state " + style + "\">" + words + "</span>";
  }

  private static List<String> outcome(Trial.Outcome outcome) {
    return List.of(
        Integer.toString(outcome.epochs()),
        duration(outcome.seconds()),
        Double.isFinite(outcome.imagesPerSecond())
            ? String.format(Locale.ROOT, "%.1f", outcome.imagesPerSecond())
            : NONE,
        Integer.toString(outcome.replicas()));
  }

  private static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return NONE;
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
