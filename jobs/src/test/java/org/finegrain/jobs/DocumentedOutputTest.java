package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that commands print what the documents say that they print. */
class DocumentedOutputTest {
  private static final Document README = Document.of("README.md");
  private static final Document OPERATIONS = Document.of("docs/operations.md");

  @Test
  void theReadmeShowsTheLastLinesOfTheQuickstart() throws IOException {
    String script = Files.readString(Document.ROOT.resolve("submit-scripts/quickstart"));
    List<String> last =
        script
            .replace("$shown", "quickstart")
            .replaceFirst("(?s).*<< END\n\n(.*)END\n.*", "$1")
            .lines()
            .toList();
    assertThat(last).hasSizeGreaterThan(4);
    assertThat(README.code().stream().map(Document.Line::text)).containsSequence(last);
  }

  @Test
  void theFaultsOfTheConfigurationPageAreReportedSo(@TempDir Path folder) throws IOException {
    String mine = "conf/experiments/mine.conf";
    Path file = folder.resolve("mine.conf");
    Files.writeString(
        file,
        "\n".repeat(11)
            + "train.optimizer.learning-rate = -0.01\n\ntrain.optimizer.momentm = 0.8\n");
    String shown =
        Document.of("docs/configuration.md").code().stream()
            .map(Document.Line::text)
            .dropWhile(line -> !line.startsWith("3 faults"))
            .limit(4)
            .collect(Collectors.joining("\n"));
    assertThatThrownBy(
            () -> ExperimentConfig.load(List.of(file.toString()), List.of("train.batch-size=many")))
        .extracting(fault -> fault.getMessage().replace(file.toString(), mine))
        .asString()
        .isEqualToNormalizingWhitespace(shown);
  }

  @Test
  void operationsListEveryExitCode() throws IOException {
    List<String> table =
        OPERATIONS.prose().stream()
            .map(Document.Line::text)
            .dropWhile(line -> !line.equals("## Exit codes"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .map(line -> line.split(" ")[1])
            .toList();
    assertThat(table)
        .isEqualTo(
            Stream.of(ExitCode.values()).map(code -> String.valueOf(code.status())).toList());
  }
}
