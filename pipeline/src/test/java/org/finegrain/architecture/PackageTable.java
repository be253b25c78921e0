package org.finegrain.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of packages in {@code docs/architecture.md}. */
final class PackageTable {
  private static final Path FILE = Path.of("..", "docs", "architecture.md");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /**
   * The line of the table on a package.
   *
   * @param mayUse names of other packages, as they stand in the first column
   * @param libraries names of libraries, as they stand in the last column
   */
  record Row(String name, Set<String> mayUse, Set<String> libraries) {}

  private final Map<String, Row> rows;

  private PackageTable(Map<String, Row> rows) {
    this.rows = rows;
  }

  static PackageTable read() {
    try {
      return new PackageTable(
          Files.readAllLines(FILE).stream()
              .filter(line -> line.startsWith("| `"))
              .map(PackageTable::row)
              .collect(
                  Collectors.toMap(Row::name, row -> row, (one, two) -> two, LinkedHashMap::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException("Not a row of four cells: " + line);
    }
    return new Row(
        names(cells[1]).iterator().next(),
        names(cells[3]),
        Arrays.stream(cells[4].split(","))
            .map(String::strip)
            .filter(library -> !library.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> names(String cell) {
    return NAME.matcher(cell)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Map<String, Row> rows() {
    return rows;
  }

  /** Returns the row of a Java package: its own, or that of the nearest package above it. */
  Optional<Row> of(String javaPackage) {
    return rows.values().stream()
        .filter(row -> (javaPackage + ".").startsWith("org.finegrain." + row.name() + "."))
        .max(Comparator.comparingInt(row -> row.name().length()));
  }
}
