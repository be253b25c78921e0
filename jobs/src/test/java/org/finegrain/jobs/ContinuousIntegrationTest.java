package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tests that the commands run on every change are those that the README tells a user to run. */
class ContinuousIntegrationTest {
  private static final Path GITHUB = Document.ROOT.resolve(".github");
  private static final String SETUP = "submit-scripts/setup";
  private static final String TEST = "submit-scripts/test";
  private static final String QUICKSTART = "submit-scripts/quickstart";

  @Test
  void theReadmeBeginsWithTheQuickstartAndTheTests() throws IOException {
    assertThat(DocumentedCommand.of(Document.of("README.md")))
        .extracting(DocumentedCommand::words)
        .startsWith(List.of(QUICKSTART), List.of(TEST));
  }

  @Test
  void theWorkflowRunsThemAndNothingElse() throws IOException {
    Map<?, ?> jobs = (Map<?, ?>) read(GITHUB.resolve("workflows/ci.yml")).get("jobs");
    List<?> commands =
        jobs.values().stream()
            .flatMap(job -> ((List<?>) ((Map<?, ?>) job).get("steps")).stream())
            .map(step -> ((Map<?, ?>) step).get("run"))
            .filter(Objects::nonNull)
            .toList();
    assertThat(commands).isEqualTo(List.of(SETUP, TEST, QUICKSTART));
  }

  @Test
  void theScriptForOtherServicesRunsTheTests() throws IOException {
    Path script = Document.ROOT.resolve(".ci/run");
    assertThat(script).isExecutable();
    assertThat(Files.readAllLines(script))
        .containsExactly("#!/usr/bin/env bash", "exec \"$(dirname \"$0\")/../" + TEST + "\"");
  }

  @Test
  void formsOfIssuesAreReadable() throws IOException {
    try (DirectoryStream<Path> forms =
        Files.newDirectoryStream(GITHUB.resolve("ISSUE_TEMPLATE"), "*_*.yml")) {
      for (Path form : forms) {
        assertThat(read(form).keySet().containsAll(List.of("name", "description", "body")))
            .as(form.toString())
            .isTrue();
      }
    }
  }

  private static Map<?, ?> read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
    }
  }
}
