package org.finegrain.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command {@code finegrain completion}, which prints a script that completes commands and
 * options in a shell.
 */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in bash and zsh.",
      "To use it: source <(submit-scripts/finegrain completion)"
    })
final class CompletionCommand implements Callable<Outcome> {
  /** The options that {@code submit-scripts/finegrain} accepts with every command. */
  static final List<String> LAUNCHER_OPTIONS =
      List.of(
          "--master",
          "--spark",
          "--conf",
          "--deploy-mode",
          "--properties-file",
          "--driver-memory",
          "--driver-cores",
          "--driver-class-path",
          "--executor-memory",
          "--executor-cores",
          "--total-executor-cores",
          "--num-executors",
          "--files",
          "--archives",
          "--jars",
          "--packages",
          "--repositories",
          "--queue",
          "--principal",
          "--keytab",
          "--proxy-user");

  @Override
  public Outcome call() {
    CommandLine commands = JobMain.commandLine(new FinegrainCommand(), System.out);
    commands.getSubcommands().values().forEach(CompletionCommand::addLauncherOptions);
    return Outcome.shows(AutoComplete.bash(commands.getCommandName(), commands).stripTrailing());
  }

  private static void addLauncherOptions(CommandLine command) {
    LAUNCHER_OPTIONS.forEach(
        name -> command.getCommandSpec().addOption(OptionSpec.builder(name).arity("1").build()));
    command.getSubcommands().values().forEach(CompletionCommand::addLauncherOptions);
  }
}
