package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between documents, mentions of documents, and names of classes lead to what exists. */
class DocumentLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern MENTION = Pattern.compile("(?<![\\w./-])docs/[\\w./-]+\\.md");

  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`");

  private static final Pattern PATH =
      Pattern.compile(
          "`((?:benchmarks|conf|datasets-manifest|docs|jobs|licenses|pipeline|submit-scripts)/[^`]*)`");
  private static final Pattern TEST = Pattern.compile("-Dtest='?(\\w+)");

  static List<Document> documents() throws IOException {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAFileAndAHeadingThatExist(Document document) throws IOException {
    for (Document.Line line : document.prose()) {
      Matcher matcher = LINK.matcher(line.text());
      while (matcher.find()) {
        String link = matcher.group(1);
        if (!ELSEWHERE.matcher(link).matches()) {
          check(document, link, document.place(line) + " links to " + link);
        }
      }
    }
  }

  private static void check(Document document, String link, String place) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? document.file() : document.file().resolveSibling(path);
    assertThat(target.normalize()).as(place).exists();
    if (hash >= 0) {
      assertThat(new Document(target).anchors()).as(place).contains(link.substring(hash + 1));
    }
  }

  /** A reader finds each page from the first one, by following links. */
  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new TreeSet<>();
    List<Path> next = new ArrayList<>(List.of(Document.of("README.md").file()));
    while (!next.isEmpty()) {
      Path page = next.remove(0);
      if (reached.add(page)) {
        for (Document.Line line : new Document(page).prose()) {
          LINK.matcher(line.text())
              .results()
              .map(link -> link.group(1).replaceFirst("#.*", ""))
              .filter(link -> link.endsWith(".md") && !ELSEWHERE.matcher(link).matches())
              .forEach(link -> next.add(page.resolveSibling(link).normalize()));
        }
      }
    }
    assertThat(reached)
        .containsAll(
            Document.all().stream()
                .map(Document::file)
                .filter(file -> file.startsWith(Document.ROOT.resolve("docs")))
                .toList());
  }

  /** Links are checked above; these are the paths and test classes that stand as code. */
  @Test
  void everyPathAndTestThatContributorsAreToldOfExists() throws IOException {
    Document contributing = Document.of("CONTRIBUTING.md");
    for (Document.Line line : contributing.prose()) {
      PATH.matcher(line.text())
          .results()
          .map(path -> path.group(1))
          .forEach(
              path ->
                  assertThat(Document.ROOT.resolve(path)).as(contributing.place(line)).exists());
    }
    Set<String> tests = new TreeSet<>();
    for (String module : List.of("pipeline", "jobs")) {
      try (Stream<Path> files = Files.walk(Document.ROOT.resolve(module + "/src/test/java"))) {
        files.forEach(file -> tests.add(file.getFileName().toString()));
      }
    }
    for (Document.Line line : contributing.code()) {
      TEST.matcher(line.text())
          .results()
          .forEach(test -> assertThat(tests).contains(test.group(1) + ".java"));
    }
  }

  @Test
  void everyDocumentThatCodeAndSettingsMentionExists() throws IOException {
    for (String folder :
        List.of("pipeline/src", "jobs/src", "conf", "submit-scripts", "benchmarks")) {
      try (Stream<Path> files = Files.walk(Document.ROOT.resolve(folder))) {
        for (Path file : files.filter(DocumentLinksTest::isText).toList()) {
          for (String mention :
              MENTION
                  .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                  .results()
                  .map(result -> result.group())
                  .toList()) {
            assertThat(Document.ROOT.resolve(mention)).as("mentioned in %s", file).exists();
          }
        }
      }
    }
  }

  @Test
  void everyClassThatTheArchitectureNamesExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Document.Line line : Document.of("docs/architecture.md").prose()) {
      CLASS.matcher(line.text()).results().forEach(result -> named.add(result.group(1)));
    }
    assertThat(named).hasSizeGreaterThan(2);
    try (Stream<Path> files = Files.walk(Document.ROOT.resolve("pipeline/src/main/java"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".java", "")))
          .containsAll(named);
    }
  }

  private static boolean isText(Path file) {
    return Files.isRegularFile(file)
        && file.getFileName().toString().matches(".*\\.(java|conf|py|sh|properties)|[a-z-]+");
  }
}
