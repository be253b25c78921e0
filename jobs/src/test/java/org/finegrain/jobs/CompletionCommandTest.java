package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that completes commands, as bash runs it. */
class CompletionCommandTest {
  @TempDir Path folder;

  @Test
  void completesCommandsAndOptions() throws Exception {
    assertThat(complete("finegrain", "sw")).containsExactly("sweep");
    assertThat(complete("finegrain", "sweep", ""))
        .containsExactlyInAnyOrder("plan", "run", "resume", "status");
    assertThat(complete("finegrain", "train", "--res")).containsExactly("--resume");
    assertThat(complete("finegrain", "train", "--mas")).containsExactly("--master");
  }

  private String[] complete(String... words) throws Exception {
    Path script = folder.resolve("completion");
    try (PrintStream out = new PrintStream(script.toFile(), StandardCharsets.UTF_8)) {
      assertThat(JobMain.run(new FinegrainCommand(), out, System.err, "completion")).isZero();
    }
    Path probe =
        Files.writeString(
            folder.resolve("probe"),
            """
            compopt() { :; } # of an interactive shell alone
            source "$1"
            shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
            _complete_finegrain
            echo "${COMPREPLY[@]}"
            """);
    ProcessBuilder builder =
        new ProcessBuilder("bash", probe.toString(), script.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(words));
    Process process = builder.start();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    process.getInputStream().transferTo(printed);
    assertThat(process.waitFor()).isZero();
    return printed.toString(StandardCharsets.UTF_8).strip().split(" ");
  }
}
