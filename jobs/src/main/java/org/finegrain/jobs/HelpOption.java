package org.finegrain.jobs;

import org.finegrain.environment.Build;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/**
 * The options {@code --help} and {@code --version}, which {@link JobMain} adds to every command.
 */
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

  /** The answer to {@code --version}. */
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
