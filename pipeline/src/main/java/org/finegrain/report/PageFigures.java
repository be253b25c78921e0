package org.finegrain.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.markup.Markup;

/**
 * The figures on the page, by kind. Of the figures of a kind, which differ by the dataset, the
 * first is open and the others are folded up.
 */
final class PageFigures {
  private final Set<String> images;
  private final StringBuilder html = new StringBuilder();

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
    page.html.append(
        Html.contents(
            groups.stream().map(group -> Html.link("#" + id(group), group.title())).toList()));
    groups.forEach(page::group);
    return page.html.toString();
  }

  private static String id(FigureGroup group) {
    return "figure-" + group.figures().values().iterator().next().name();
  }

  private void group(FigureGroup group) {
    html.append(
        String.format(
            Locale.ROOT,
            "<section>\n<h3 id=\"%s\">%s</h3>\n",
            id(group),
            Markup.escape(group.title())));
    boolean isFirst = true;
    for (Map.Entry<String, Figure> entry : group.figures().entrySet()) {
      String title = group.titleOf(entry.getKey());
      if (isFirst) {
        figure(title, entry.getValue());
      } else {
        html.append("<details>\n").append(Html.element("summary", Markup.escape(entry.getKey())));
        figure(title, entry.getValue());
        html.append("</details>\n");
      }
      isFirst = false;
    }
    html.append("</section>\n");
  }

  private void figure(String title, Figure figure) {
    html.append("<figure>\n<div class=\"plots\">\n");
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
    html.append("</figcaption>\n</figure>\n");
  }
}
