package org.finegrain.report.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.report.figure.Canvas.Anchor;
import org.finegrain.report.figure.Canvas.At;

/**
 * Plots side by side over one legend.
 *
 * @param name of its files
 * @param caption what it shows and what its bars and bands mean
 * @param plots at least one
 */
public record Figure(String name, String caption, List<Plot> plots) {
  private static final int PLOTS_A_ROW = 2;
  private static final double LEGEND_ROW = 20;
  private static final double LEGEND_SAMPLE = 34;
  private static final double LEGEND_MARKER = 4;
  private static final double LEGEND_GAP = 18;
  private static final double CHARACTER = 6.6; // generous for 12 px type: no font is asked

  /** An SVG document. Needs no fonts and no display. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas(width(), height(), caption);
    canvas.fill(rectangle(), "#ffffff", 1);
    paint(canvas);
    return canvas.document();
  }

  /** The plots as SVG documents of their own, without the legend: for a page that stacks them. */
  public List<String> plotSvgs() {
    List<String> documents = new ArrayList<>();
    for (Plot plot : plots) {
      SvgCanvas canvas = new SvgCanvas(PlotPainter.WIDTH, PlotPainter.HEIGHT, titleOf(plot));
      new PlotPainter(canvas, plot, styles(), yTicks(plot), 0, 0).paint();
      documents.add(canvas.document());
    }
    return documents;
  }

  private String titleOf(Plot plot) {
    return plot.title().isEmpty() ? caption : caption + " " + plot.title();
  }

  /** Name of each series → an SVG document with a piece of its line. */
  public Map<String, String> legendSvgs() {
    Map<String, String> entries = new LinkedHashMap<>();
    styles()
        .forEach(
            (name, style) -> {
              SvgCanvas canvas = new SvgCanvas(LEGEND_SAMPLE, LEGEND_ROW, name);
              paintSample(canvas, style, new At(0, LEGEND_ROW / 2));
              entries.put(name, canvas.document());
            });
    return entries;
  }

  private static void paintSample(Canvas canvas, LineStyle style, At left) {
    canvas.line(List.of(left, new At(left.x() + LEGEND_SAMPLE, left.y())), style.stroke(2));
    At middle = new At(left.x() + LEGEND_SAMPLE / 2, left.y());
    style.marker().paint(canvas, middle, LEGEND_MARKER, style.color());
  }

  /** A PNG image at twice the size of the SVG. Needs a font that Java finds. */
  public byte[] png() throws IOException {
    PngCanvas canvas = new PngCanvas(width(), height());
    paint(canvas);
    return canvas.bytes();
  }

  private void paint(Canvas canvas) {
    Map<String, LineStyle> styles = styles();
    for (int i = 0; i < plots.size(); i++) {
      double left = Math.floorMod(i, PLOTS_A_ROW) * PlotPainter.WIDTH;
      double top = Math.floorDiv(i, PLOTS_A_ROW) * PlotPainter.HEIGHT;
      new PlotPainter(canvas, plots.get(i), styles, yTicks(plots.get(i)), left, top).paint();
    }
    double top = rows() * PlotPainter.HEIGHT + LEGEND_ROW / 2;
    for (List<String> row : legend()) {
      double x = (width() - row.stream().mapToDouble(Figure::entryWidth).sum()) / 2;
      for (String name : row) {
        paintSample(canvas, styles.get(name), new At(x, top));
        canvas.text(
            new At(x + LEGEND_SAMPLE + 6, top + 4), name, 12, "#222222", Anchor.START, false);
        x += entryWidth(name);
      }
      top += LEGEND_ROW;
    }
  }

  /** Plots of one quantity share their y axis, so that they can be compared by eye. */
  private Ticks yTicks(Plot plot) {
    return Ticks.spanning(
        plots.stream()
            .filter(other -> other.yLabel().equals(plot.yLabel()))
            .flatMap(other -> other.ys().stream())
            .toList(),
        5);
  }

  private Map<String, LineStyle> styles() {
    Map<String, LineStyle> styles = new LinkedHashMap<>();
    for (Plot plot : plots) {
      for (Series series : plot.series()) {
        styles.putIfAbsent(series.name(), LineStyle.of(styles.size()));
      }
    }
    return styles;
  }

  private List<List<String>> legend() {
    List<List<String>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    double used = 0;
    for (String name : styles().keySet()) {
      if (used > 0 && used + entryWidth(name) > width()) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(name);
      used += entryWidth(name);
    }
    return rows;
  }

  private static double entryWidth(String name) {
    return LEGEND_SAMPLE + 6 + name.length() * CHARACTER + LEGEND_GAP;
  }

  private List<At> rectangle() {
    return List.of(
        new At(0, 0), new At(width(), 0), new At(width(), height()), new At(0, height()));
  }

  private int rows() {
    return (plots.size() + PLOTS_A_ROW - 1) / PLOTS_A_ROW;
  }

  private double width() {
    return Math.min(plots.size(), PLOTS_A_ROW) * PlotPainter.WIDTH;
  }

  private double height() {
    return rows() * PlotPainter.HEIGHT + legend().size() * LEGEND_ROW + 6;
  }
}
