package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tests that every command line of a document is one that its program accepts. */
class DocumentedCommandsTest {
  private static final Pattern IN_TEXT =
      Pattern.compile("`(?:submit-scripts/)?finegrain ([a-z]+[^`]*)`");

  static List<DocumentedCommand> commands() throws IOException {
    return DocumentedCommand.all();
  }

  @Test
  void documentsHaveCommands() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void jobsKnowEveryOptionAndMissNone(DocumentedCommand command) {
    Optional<JobLine> line = JobLine.of(command);
    if (line.isEmpty()) {
      return;
    }
    ParseResult parsed =
        JobMain.commandLine(line.get().command(), System.out)
            .parseArgs(
                line.get().arguments().stream().map(this::inCheckout).toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    for (var mixin : parsed.commandSpec().mixins().values()) {
      if (mixin.userObject() instanceof ExperimentOptions experiment) {
        assertThat(experiment.load()).isNotNull(); // reads --config and --set, and throws
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void scriptsAreThereAndNameTheirOptions(DocumentedCommand command) throws IOException {
    if (!command.program().contains("/")) {
      return;
    }
    Path script = Document.ROOT.resolve(command.program());
    assertThat(script).isExecutable();
    List<String> own = JobLine.of(command).map(JobLine::others).orElse(command.words());
    String text = Files.readString(script);
    assertThat(own.stream().filter(word -> word.startsWith("--"))).allMatch(text::contains);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void sparkSubmitIsGivenTheEnginesOptionsAndTheJarOfThisVersion(DocumentedCommand command)
      throws IOException {
    if (!command.program().equals("spark-submit")) {
      return;
    }
    List<String> words = command.words();
    int properties = words.indexOf("--properties-file");
    assertThat(properties).as("--properties-file").isPositive();
    assertThat(Document.ROOT.resolve(words.get(properties + 1))).exists();
    String pom = Files.readString(Document.ROOT.resolve("pom.xml"));
    String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
    assertThat(words).contains("jobs/target/finegrain-" + version + ".jar");
  }

  /** Commands within a sentence may leave out required options, but every option must exist. */
  @Test
  void commandsWithinSentencesNameExistingOptions() throws IOException {
    for (Document document : Document.all()) {
      Matcher matcher = IN_TEXT.matcher(Files.readString(document.file()));
      while (matcher.find()) {
        List<String> words = new ArrayList<>(List.of("finegrain"));
        words.addAll(DocumentedCommand.words(matcher.group(1)));
        JobLine line = JobLine.of(new DocumentedCommand(document.toString(), words)).orElseThrow();
        CommandLine innermost = JobMain.commandLine(line.command(), System.out);
        for (String word : line.arguments()) {
          innermost = innermost.getSubcommands().getOrDefault(word, innermost);
          if (word.startsWith("--")) {
            assertThat(innermost.getCommandSpec().findOption(word.replaceFirst("=.*", "")))
                .as("%s of %s in %s", word, matcher.group(), document)
                .isNotNull();
          }
        }
      }
    }
  }

  /** Returns where a configuration file is in the checkout; a file of --files has no folder. */
  private String inCheckout(String word) {
    Path experiments = Document.ROOT.resolve("conf/experiments");
    return Stream.of(Document.ROOT.resolve(word), experiments.resolve(word))
        .filter(file -> word.endsWith(".conf") && Files.exists(file))
        .findFirst()
        .map(Path::toString)
        .orElse(word);
  }
}
