package org.finegrain.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line in the code blocks of README.md and docs/*.md.
 *
 * @param place the document and the line
 */
record DocumentedCommand(String place, List<String> words) {
  static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  private static final Pattern PROGRAM =
      Pattern.compile("(submit-scripts/|benchmarks/|finegrain |spark-submit |airflow |export ).*");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

  /** Returns the commands of all documents. */
  static List<DocumentedCommand> all() throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (Path document : documents()) {
      commands.addAll(of(document));
    }
    return commands;
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Returns the commands of a document in their order. */
  static List<DocumentedCommand> of(Path document) throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    boolean inBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        inBlock = !inBlock;
      } else if (inBlock && PROGRAM.matcher(lines.get(i)).matches()) {
        String place = ROOT.relativize(document) + ":" + (i + 1);
        StringBuilder command = new StringBuilder(lines.get(i));
        while (command.toString().endsWith("\\")) {
          command.setLength(command.length() - 1);
          command.append(lines.get(++i));
        }
        commands.add(new DocumentedCommand(place, words(command.toString())));
      }
    }
    return commands;
  }

  /** Splits as a shell does: quotes are taken off, and a comment ends the line. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find() && !matcher.group().startsWith("#")) {
      words.add(matcher.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
    }
    return words;
  }

  String program() {
    return words.get(0);
  }

  @Override
  public String toString() {
    return place + "  " + String.join(" ", words);
  }
}
