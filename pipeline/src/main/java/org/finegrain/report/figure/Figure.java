package org.finegrain.report.figure;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A figure: plots side by side, above a legend that they share.
 *
 * @param name the name of its files
 * @param caption the text below it, which says what it shows and what its bars and bands mean
 * @param plots the plots, at least one
 */
public record Figure(String name, String caption, List<Plot> plots) {
  static final int PLOT_WIDTH = 400;
  static final int PLOT_HEIGHT = 290;
  static final int SQUARE_HEIGHT = 400;

  private static final int PLOTS_PER_ROW = 2;
  private static final int LEGEND_ROW = 20;
  private static final int LEGEND_GAP = 18;
  private static final int LEGEND_SPACE = 6;
  private static final SansFont LEGEND_FONT = SansFont.plain(12);
  private static final Color TEXT_COLOR = new Color(0x222222);

  /** Returns the figure as an SVG document. Needs no fonts and no display. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas(width(), height(), caption);
    canvas.fill(new Rectangle2D.Double(0, 0, width(), height()), Color.WHITE);
    paint(canvas);
    return canvas.document();
  }

  /**
   * Returns each plot as an SVG document without the legend, for a page that lays them out.
   *
   * @param title what the figure shows, in a few words, to be read aloud instead of it
   */
  public List<String> plotSvgs(String title) {
    List<String> documents = new ArrayList<>();
    for (Plot plot : plots) {
      String words =
          Stream.of(title, title.contains(plot.title()) ? "" : plot.title(), axes(plot))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", "));
      SvgCanvas canvas = new SvgCanvas(PLOT_WIDTH, plot.height(), words);
      paint(plot, new CanvasGraphics(canvas), 0, 0);
      documents.add(canvas.document());
    }
    return documents;
  }

  private static String axes(Plot plot) {
    return plot.xLabel().isEmpty() || plot.yLabel().isEmpty()
        ? plot.yLabel()
        : plot.yLabel() + " over " + plot.xLabel();
  }

  /** Returns name in the legend → an SVG document with a sample of its look. */
  public Map<String, String> legendSvgs() {
    Map<String, String> entries = new LinkedHashMap<>();
    swatches()
        .forEach(
            (name, swatch) -> {
              SvgCanvas canvas = new SvgCanvas(Swatch.WIDTH, LEGEND_ROW, name);
              swatch.paint(new CanvasGraphics(canvas), 0, LEGEND_ROW / 2.0);
              entries.put(name, canvas.document());
            });
    return entries;
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
    CanvasGraphics graphics = new CanvasGraphics(canvas);
    double top = 0;
    for (List<Plot> row : rows()) {
      for (int i = 0; i < row.size(); i++) {
        paint(row.get(i), graphics, i * PLOT_WIDTH, top);
      }
      top += heightOf(row);
    }
    paintLegend(graphics, top + LEGEND_ROW / 2.0);
  }

  private void paint(Plot plot, CanvasGraphics graphics, double left, double top) {
    List<Double> ys =
        plots.stream()
            .filter(other -> other.yLabel().equals(plot.yLabel()))
            .flatMap(other -> other.ys().stream())
            .toList();
    Rectangle2D area = new Rectangle2D.Double(left, top, PLOT_WIDTH, plot.height());
    Charts.of(plot, ys, swatches()).draw(graphics, area);
  }

  private void paintLegend(CanvasGraphics graphics, double firstMiddle) {
    double middle = firstMiddle;
    for (List<String> row : legendRows()) {
      double x = (width() - row.stream().mapToDouble(this::entryWidth).sum()) / 2;
      for (String name : row) {
        swatches().get(name).paint(graphics, x, middle);
        graphics.setFont(LEGEND_FONT);
        graphics.setPaint(TEXT_COLOR);
        graphics.drawString(
            LEGEND_FONT.fit(name, textRoom()),
            (float) (x + Swatch.WIDTH + LEGEND_SPACE),
            (float) (middle + 4));
        x += entryWidth(name);
      }
      middle += LEGEND_ROW;
    }
  }

  private Map<String, Swatch> swatches() {
    Map<String, Swatch> swatches = new LinkedHashMap<>();
    for (Plot plot : plots) {
      for (String name : plot.legend()) {
        swatches.putIfAbsent(name, Charts.swatch(plot, name, swatches.size()));
      }
    }
    return swatches;
  }

  private List<List<String>> legendRows() {
    List<List<String>> rows = new ArrayList<>();
    double used = 0;
    for (String name : swatches().keySet()) {
      if (rows.isEmpty() || used + entryWidth(name) > width()) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(name);
      used += entryWidth(name);
    }
    return rows;
  }

  private double entryWidth(String name) {
    double text = LEGEND_FONT.width(LEGEND_FONT.fit(name, textRoom()));
    return Swatch.WIDTH + LEGEND_SPACE + text + LEGEND_GAP;
  }

  /** Returns the width that a name in the legend can have. */
  private double textRoom() {
    return width() - Swatch.WIDTH - LEGEND_SPACE - LEGEND_GAP;
  }

  private List<List<Plot>> rows() {
    List<List<Plot>> rows = new ArrayList<>();
    for (int i = 0; i < plots.size(); i += PLOTS_PER_ROW) {
      rows.add(plots.subList(i, Math.min(plots.size(), i + PLOTS_PER_ROW)));
    }
    return rows;
  }

  private static int heightOf(List<Plot> row) {
    return row.stream().mapToInt(Plot::height).max().orElseThrow();
  }

  private double width() {
    return Math.min(plots.size(), PLOTS_PER_ROW) * PLOT_WIDTH;
  }

  private double height() {
    return rows().stream().mapToInt(Figure::heightOf).sum()
        + legendRows().size() * LEGEND_ROW
        + LEGEND_SPACE;
  }
}
