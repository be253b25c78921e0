package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
