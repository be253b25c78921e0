package org.finegrain.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A Markdown document of the checkout: {@code *.md} at its root and everywhere below {@code docs/}.
 */
record Document(Path file) {
  static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  private static final String FENCE = "```";
  private static final String INDENTED_CODE = "    ";

  /** A line with its number, counted from 1. */
  record Line(int number, String text) {}

  /** Returns all documents, sorted by path. */
  static List<Document> all() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Document::new)
          .toList();
    }
  }

  static Document of(String path) {
    return new Document(ROOT.resolve(path));
  }

  /** Returns the lines inside fenced code blocks. */
  List<Line> code() throws IOException {
    return lines(true);
  }

  /** Returns the lines outside code blocks. */
  List<Line> prose() throws IOException {
    return lines(false).stream().filter(line -> !line.text().startsWith(INDENTED_CODE)).toList();
  }

  private List<Line> lines(boolean fenced) throws IOException {
    List<Line> lines = new ArrayList<>();
    List<String> texts = Files.readAllLines(file);
    boolean inFence = false;
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).startsWith(FENCE)) {
        inFence = !inFence;
      } else if (inFence == fenced) {
        lines.add(new Line(i + 1, texts.get(i)));
      }
    }
    return lines;
  }

  /** Returns the anchors of the headings, as GitHub makes them. */
  List<String> anchors() throws IOException {
    return prose().stream()
        .map(Line::text)
        .filter(line -> line.startsWith("#"))
        .map(
            heading ->
                heading
                    .replaceFirst("#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .toList();
  }

  /** Returns the path and the line, for messages. */
  String place(Line line) {
    return this + ":" + line.number();
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
