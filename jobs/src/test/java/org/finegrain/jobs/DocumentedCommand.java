package org.finegrain.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line in a code block of a document.
 *
 * @param place the document and the line
 */
record DocumentedCommand(String place, List<String> words) {
  private static final Pattern PROGRAM =
      Pattern.compile("(submit-scripts/|benchmarks/|finegrain |spark-submit |airflow |export ).*");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

  /** Returns the commands of all documents. */
  static List<DocumentedCommand> all() throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (Document document : Document.all()) {
      commands.addAll(of(document));
    }
    return commands;
  }

  /** Returns the commands of a document in their order. */
  static List<DocumentedCommand> of(Document document) throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    Iterator<Document.Line> lines = document.code().iterator();
    while (lines.hasNext()) {
      Document.Line line = lines.next();
      if (PROGRAM.matcher(line.text()).matches()) {
        StringBuilder command = new StringBuilder(line.text());
        while (command.toString().endsWith("\\")) {
          command.setLength(command.length() - 1);
          command.append(lines.next().text());
        }
        commands.add(new DocumentedCommand(document.place(line), words(command.toString())));
      }
    }
    return commands;
  }

  /** Splits a line as a shell does: quotes are removed, and a comment ends the line. */
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
