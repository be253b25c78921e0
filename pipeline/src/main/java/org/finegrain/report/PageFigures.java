package org.finegrain.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.markup.Markup;

/**
 * The figures on the page, by kind. Of the figures of a kind, which differ by the dataset, the
 * first is open and the others are folded up.
 */
final class PageFigures {
  private final Set<String> images;

  private PageFigures(Set<String> images) {
    this.images = images;
  }

  /**
   * Returns the figures as HTML, below a list of links to them.
   *
   * @param images the names of the figures that exist as PNG images too
   */
  static String html(List<FigureGroup> groups, Set<String> images) {
    PageFigures page = new PageFigures(images);
    return Html.contents(
            groups.stream().map(group -> Html.link("#" + id(group), group.title())).toList())
        + groups.stream().map(page::html).collect(Collectors.joining());
  }

  private static String id(FigureGroup group) {
    return "figure-" + group.figures().values().iterator().next().name();
  }

  private String html(FigureGroup group) {
    StringBuilder html = new StringBuilder();
    group
        .figures()
        .forEach(
            (dataset, figure) -> {
              String shown = html(group.titleOf(dataset), figure);
              html.append(html.isEmpty() ? shown : Html.folded(dataset, shown));
            });
    return String.format(
        Locale.ROOT,
        "<section>\n<h3 id=\"%s\">%s</h3>\n%s</section>\n",
        id(group),
        Markup.escape(group.title()),
        html);
  }

  private String html(String title, Figure figure) {
    StringBuilder html = new StringBuilder("<figure>\n<div class=\"plots\">\n");
    figure.plotSvgs(title).forEach(html::append);
    html.append("</div>\n<ul class=\"legend\">\n");
    figure
        .legendSvgs()
        .forEach(
            (name, line) ->
                html.append("<li><span aria-hidden=\"true\">")
                    .append(line)
                    .append("</span> ")
                    .append(Markup.escape(name))
                    .append("</li>\n"));
    html.append("</ul>\n<figcaption>").append(Markup.escape(figure.caption()));
    for (String form : images.contains(figure.name()) ? List.of("svg", "png") : List.of("svg")) {
      html.append(' ')
          .append(
              Html.link("figures/" + figure.name() + "." + form, form.toUpperCase(Locale.ROOT)));
    }
    return html.append("</figcaption>\n</figure>\n").toString();
  }
}
