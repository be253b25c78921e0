package org.finegrain.jobs;

import org.finegrain.environment.Build;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The options that {@link JobMain} gives to every command and subcommand. */
@Command(versionProvider = HelpOption.Version.class)
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help, and stop.")
  boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      description = "Print the versions of finegrain, BigDL and Java, and stop.")
  boolean version;

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Build build = Build.current();
      return new String[] {
        "finegrain " + build.codeVersion(),
        "BigDL " + build.bigdl() + ", Java " + Runtime.version().feature()
      };
    }
  }
}
