package org.finegrain.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Given to every command and subcommand by {@link JobMain}. */
@Command
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help, and stop.")
  boolean help;
}
