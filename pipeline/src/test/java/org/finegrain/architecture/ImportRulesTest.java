package org.finegrain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of packages in {@code docs/architecture.md} for imports that compiled classes do
 * not show: those for the sake of a comment lead a reader astray as others do.
 */
class ImportRulesTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?(org\\.finegrain(?:\\.[a-z]+)*)\\.[A-Z].*;");

  private final PackageTable table = PackageTable.read();

  @Test
  void everyImportIsOfAPackageThatTheTableNames() throws IOException {
    List<String> astray = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
        String own = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
        for (String line : Files.readAllLines(file)) {
          Matcher imported = IMPORT.matcher(line);
          if (imported.matches() && !mayUse(own, imported.group(1))) {
            astray.add(file.getFileName() + ": " + line);
          }
        }
      }
    }
    assertThat(astray).isEmpty();
  }

  private boolean mayUse(String own, String other) {
    PackageTable.Row row = table.of(own).orElseThrow();
    String used = table.of(other).orElseThrow().name();
    return used.equals(row.name()) || row.mayUse().contains(used);
  }
}
