package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandLinesTest {
  @Test
  void argumentsAreQuotedWhereAShellNeedsIt() {
    assertThat(line("--data=/a/ü", "--set", "train.batch-size=8"))
        .isEqualTo("finegrain train --data=/a/ü --set train.batch-size=8");
    assertThat(line("my data", "l'été", "$HOME", ""))
        .isEqualTo("finegrain train 'my data' 'l'\\''été' '$HOME' ''");
  }

  @Test
  void aShellSplitsTheLineIntoTheSameArguments() throws Exception {
    String[] arguments = {"a b", "it's", "é", "$x", "`x`", "*", "~", "{a,b}", "\\", "\"", "!", "#"};
    Process shell =
        new ProcessBuilder("sh", "-c", "finegrain() { printf '%s\n' \"$@\"; }; " + line(arguments))
            .start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out.lines().skip(1)).containsExactly(arguments);
  }

  private static String line(String... arguments) {
    CommandSpec spec = CommandSpec.create().name("finegrain train");
    new CommandLine(spec).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
    return CommandLines.of(spec);
  }
}
