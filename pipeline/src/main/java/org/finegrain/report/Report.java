package org.finegrain.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.table.Csv;
import org.finegrain.report.table.Json;
import org.finegrain.report.table.Latex;
import org.finegrain.report.table.Markdown;
import org.finegrain.report.table.Table;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A report on one or several sweeps, which is written as tables, figures and one page. */
public final class Report {
  static final List<String> TABLE_FORMS = List.of("md", "tex", "csv", "json");
  private static final Logger LOG = LoggerFactory.getLogger(Report.class);

  private final Results results;
  private final List<Comparison> comparisons;
  private final List<ComparisonTests> tests;
  private final List<String> faults;
  private List<Table> tables = List.of();
  private boolean lacksImages;

  private Report(ResultsReader.Read read) {
    this.results = read.results();
    this.comparisons = read.comparisons();
    this.tests = comparisons.stream().map(it -> ComparisonTests.of(it, results)).toList();
    this.faults = read.faults();
  }

  /**
   * Reads sweeps and runs by jobs of Spark. A file that cannot be read is logged and left out.
   *
   * @param folders one or more folders of sweeps and of runs
   * @param data a folder of ingested datasets by short name, which gives the sizes of datasets that
   *     a sweep has not noted
   * @throws ReportException if a folder is neither, or if there are no trials
   */
  public static Report of(SparkSession spark, List<Folder> folders, Optional<Folder> data)
      throws IOException {
    return new Report(
        ResultsReader.read(JavaSparkContext.fromSparkContext(spark.sparkContext()), folders, data));
  }

  /**
   * Writes the report; {@code index.html} is written last. Equal inputs give equal bytes.
   *
   * @param out the folder to write to; files of an earlier report are replaced
   * @return the location of {@code index.html}
   */
  public String write(Folder out) throws IOException {
    return write(out, Latex::of);
  }

  /**
   * Writes the report in the same way, with LaTeX in another form.
   *
   * @param latex returns a table in LaTeX
   */
  public String write(Folder out, Function<Table, String> latex) throws IOException {
    for (Folder written : List.of(out, out.folder("tables"), out.folder("figures"))) {
      written.deleteUnfinished(); // files of a process that was killed
    }
    List<FigureGroup> groups = figureGroups();
    for (Table table : tables()) {
      String name = "tables/" + table.name();
      out.write(name + ".md", Markdown.of(table));
      out.write(name + ".tex", latex.apply(table));
      out.write(name + ".csv", Csv.of(table));
      out.write(name + ".json", Json.of(table));
    }
    out.write(ModelIndex.FILE, ModelIndex.of(comparisons, results));
    Set<String> images = new HashSet<>();
    lacksImages = false;
    for (Figure figure : figures(groups)) {
      out.write("figures/" + figure.name() + ".svg", figure.svg());
      Optional<byte[]> png = png(figure);
      if (png.isPresent()) {
        out.write("figures/" + figure.name() + ".png", stream -> stream.write(png.get()));
        images.add(figure.name());
      } else {
        lacksImages = true;
      }
    }
    byte[] page = page(out.location(), groups, images).getBytes(StandardCharsets.UTF_8);
    out.write("index.html", stream -> stream.write(page));
    return out.location("index.html");
  }

  /**
   * Returns the page.
   *
   * @param location the location of the folder that it is written to, from which its links lead
   * @param images the names of the figures that have a PNG file
   */
  String page(String location, List<FigureGroup> figures, Set<String> images) {
    return Page.of(
        results,
        faults,
        Answer.of(Answer.mainOf(tests), results),
        new RunLinks(location),
        mainFirst(),
        figures,
        images);
  }

  /**
   * Returns whether the report holds all that its inputs give. Where a file could not be read, a
   * later report may hold more, although no file has another size or time.
   */
  public boolean isWhole() {
    return faults.isEmpty() && !lacksImages;
  }

  /** Returns whether a file of this name, relative to the report's folder, is one of a report's. */
  static boolean isFile(String name) {
    return name.equals("index.html")
        || name.equals(ModelIndex.FILE)
        || name.startsWith("tables/")
        || name.startsWith("figures/");
  }

  /** Returns the names of the sweeps, each once, separated by commas. */
  public String sweeps() {
    return results.sweeps().stream().map(Sweep::name).distinct().collect(Collectors.joining(", "));
  }

  /**
   * Compares the table of the same name with an earlier one.
   *
   * @param tolerance how far a mean may fall, in points
   * @throws ReportException if this report has no such table, or one of other settings
   */
  public TableCheck check(ResultTable earlier, double tolerance) {
    return tables().stream()
        .filter(table -> table.name().equals(earlier.name()))
        .findFirst()
        .flatMap(ResultTable::of)
        .map(now -> TableCheck.of(earlier, now, tolerance))
        .orElseThrow(
            () ->
                new ReportException(
                    String.format(
                        Locale.ROOT,
                        "Cannot check table %s: these sweeps give no table of this name; they give"
                            + " %s",
                        ResultTable.printable(earlier.name()),
                        comparisons.stream()
                            .map(Comparison::name)
                            .collect(Collectors.joining(", ")))));
  }

  /** Returns the tables in the order in which they are written. */
  List<Table> tables() {
    if (tables.isEmpty()) {
      tables = ReportTables.of(tests, results);
    }
    return tables;
  }

  /** Returns the tables in the order of the page. */
  private List<Table> mainFirst() {
    String main = Answer.mainOf(tests).comparison().name();
    List<Table> ordered = new ArrayList<>(tables());
    ordered.sort(Comparator.comparing((Table table) -> !table.name().equals(main)));
    return ordered;
  }

  /** Returns all figures in the order of the page; their names differ. */
  List<Figure> figures() {
    return figures(figureGroups());
  }

  /** Returns the same figures by kind. */
  List<FigureGroup> figureGroups() {
    List<FigureGroup> groups = new ArrayList<>();
    for (ComparisonTests comparison : tests) {
      RankFigure.of(comparison, results).ifPresent(groups::add);
    }
    comparisons.forEach(
        comparison -> SensitivityFigure.of(comparison, results).ifPresent(groups::add));
    comparisons.forEach(comparison -> groups.add(CostFigures.of(comparison, results)));
    groups.addAll(CurveFigures.of(comparisons, results));
    groups.addAll(PredictionFigures.of(Answer.mainOf(tests).comparison(), results));
    groups.removeIf(FigureGroup::isEmpty);
    return withUniqueNames(groups);
  }

  private static List<Figure> figures(List<FigureGroup> groups) {
    return groups.stream().flatMap(group -> group.figures().values().stream()).toList();
  }

  /** Gives figures of equal names different ones, as a space may have any name. */
  private static List<FigureGroup> withUniqueNames(List<FigureGroup> groups) {
    Set<String> names = new HashSet<>();
    List<FigureGroup> renamed = new ArrayList<>();
    for (FigureGroup group : groups) {
      Map<String, Figure> figures = new LinkedHashMap<>();
      group.figures().forEach((dataset, figure) -> figures.put(dataset, unique(figure, names)));
      renamed.add(new FigureGroup(group.title(), figures));
    }
    return renamed;
  }

  private static Figure unique(Figure figure, Set<String> names) {
    String name = figure.name();
    for (int i = 2; !names.add(name); i++) {
      name = figure.name() + "-" + i;
    }
    return new Figure(name, figure.caption(), figure.plots());
  }

  private static Optional<byte[]> png(Figure figure) throws IOException {
    try {
      return Optional.of(figure.png());
    } catch (NoClassDefFoundError | UnsatisfiedLinkError | InternalError e) {
      // Java throws these where it finds no font or no FreeType.
      LOG.warn(
          "Wrote {} as SVG only: Java finds no font here; install fontconfig and a font",
          figure.name(),
          e);
      return Optional.empty();
    }
  }
}
