package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the script that completes commands, as shells run it. */
class CompletionCommandTest {
  @TempDir Path folder;

  @Test
  void completesCommandsAndOptions() throws Exception {
    assertThat(complete("finegrain", "sw")).containsExactly("sweep");
    assertThat(complete("finegrain", "sweep", ""))
        .containsExactlyInAnyOrder("plan", "run", "resume", "status", "diff", "clean");
    assertThat(complete("finegrain", "train", "--res")).containsExactly("--resume");
    assertThat(complete("finegrain", "train", "--mas")).containsExactly("--master");
  }

  @Test
  void zshTakesTheScriptToo() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "skipped: there is no zsh");
    Path probe =
        Files.writeString(
            folder.resolve("probe"),
            """
            autoload -U +X compinit && compinit -u -D
            source "$1"
            print -r -- ${_comps[finegrain]}
            """);
    assertThat(printed("zsh", "-f", probe.toString(), script().toString()))
        .startsWith("_bash_complete -F _complete_finegrain");
  }

  private Path script() throws Exception {
    Path script = folder.resolve("completion");
    try (PrintStream out = new PrintStream(script.toFile(), StandardCharsets.UTF_8)) {
      assertThat(JobMain.run(new FinegrainCommand(), out, System.err, "completion")).isZero();
    }
    return script;
  }

  private List<String> complete(String... words) throws Exception {
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
    List<String> command = new ArrayList<>(List.of("bash", probe.toString(), script().toString()));
    command.addAll(List.of(words));
    return List.of(printed(command.toArray(String[]::new)).split(" "));
  }

  private static String printed(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.strip();
  }
}
