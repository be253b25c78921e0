package org.finegrain.report.figure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.report.figure.Canvas.Anchor;
import org.finegrain.report.figure.Canvas.Position;

/**
 * A figure: plots side by side, above a legend that they share.
 *
 * @param name the name of its files
 * @param caption the text below it, which says what it shows and what its bars and bands mean
 * @param plots the plots, at least one
 */
public record Figure(String name, String caption, List<Plot> plots) {
  private static final int PLOTS_PER_ROW = 2;
  private static final double LEGEND_ROW = 20;
  private static final double LEGEND_SAMPLE = 34;
  private static final double LEGEND_MARKER = 4;
  private static final double LEGEND_GAP = 18;
  private static final double CHARACTER_WIDTH =
      6.6; // a wide estimate for 12 px type, as there may be no font to measure

  /** Returns the figure as an SVG document. Needs no fonts and no display. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas(width(), height(), caption);
    canvas.fill(rectangle(), "#ffffff", 1);
    paint(canvas);
    return canvas.document();
  }

  /** Returns each plot as an SVG document without the legend, for a page that lays them out. */
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

  /** Returns name of each series → an SVG document with a piece of its line. */
  public Map<String, String> legendSvgs() {
    Map<String, String> entries = new LinkedHashMap<>();
    styles()
        .forEach(
            (name, style) -> {
              SvgCanvas canvas = new SvgCanvas(LEGEND_SAMPLE, LEGEND_ROW, name);
              paintSample(canvas, style, new Position(0, LEGEND_ROW / 2));
              entries.put(name, canvas.document());
            });
    return entries;
  }

  private static void paintSample(Canvas canvas, LineStyle style, Position left) {
    canvas.line(List.of(left, new Position(left.x() + LEGEND_SAMPLE, left.y())), style.stroke(2));
    Position middle = new Position(left.x() + LEGEND_SAMPLE / 2, left.y());
    style.marker().paint(canvas, middle, LEGEND_MARKER, style.color());
  }

  /**
   * Returns the figure as a PNG image of twice the size of the SVG. Needs a font that Java finds.
   */
  public byte[] png() throws IOException {
    PngCanvas canvas = new PngCanvas(width(), height());
    paint(canvas);
    return canvas.bytes();
  }

  private void paint(Canvas canvas) {
    Map<String, LineStyle> styles = styles();
    for (int i = 0; i < plots.size(); i++) {
      double left = Math.floorMod(i, PLOTS_PER_ROW) * PlotPainter.WIDTH;
      double top = Math.floorDiv(i, PLOTS_PER_ROW) * PlotPainter.HEIGHT;
      new PlotPainter(canvas, plots.get(i), styles, yTicks(plots.get(i)), left, top).paint();
    }
    double top = rows() * PlotPainter.HEIGHT + LEGEND_ROW / 2;
    for (List<String> row : legend()) {
      double x = (width() - row.stream().mapToDouble(Figure::entryWidth).sum()) / 2;
      for (String name : row) {
        paintSample(canvas, styles.get(name), new Position(x, top));
        canvas.text(
            new Position(x + LEGEND_SAMPLE + 6, top + 4), name, 12, "#222222", Anchor.START, false);
        x += entryWidth(name);
      }
      top += LEGEND_ROW;
    }
  }

  /** Returns the ticks of the y axis. Plots of the same quantity share them, to be comparable. */
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
    return LEGEND_SAMPLE + 6 + name.length() * CHARACTER_WIDTH + LEGEND_GAP;
  }

  private List<Position> rectangle() {
    return List.of(
        new Position(0, 0),
        new Position(width(), 0),
        new Position(width(), height()),
        new Position(0, height()));
  }

  private int rows() {
    return (plots.size() + PLOTS_PER_ROW - 1) / PLOTS_PER_ROW;
  }

  private double width() {
    return Math.min(plots.size(), PLOTS_PER_ROW) * PlotPainter.WIDTH;
  }

  private double height() {
    return rows() * PlotPainter.HEIGHT + legend().size() * LEGEND_ROW + 6;
  }
}
