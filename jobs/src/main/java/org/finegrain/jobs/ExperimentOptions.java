package org.finegrain.jobs;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ResolvedConfig;
import org.finegrain.train.GivenWeights;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/**
 * The options that name the configuration, shared by all commands that have one. {@link JobMain}
 * answers {@code --print-config}.
 */
public final class ExperimentOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      showDefaultValue = Visibility.NEVER,
      description =
          "A configuration file, local or with a scheme such as hdfs:. May be repeated: a later file"
              + " overrides an earlier one.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      showDefaultValue = Visibility.NEVER,
      description = "Overrides one key of the configuration. All keys: conf/reference.conf.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--print-config",
      help = true, // so that it needs no other option
      description = "Print every key with its value and the place where it is set, and stop.")
  private boolean printConfig;

  /**
   * Returns the configuration that the options give.
   *
   * @throws ConfigException with every fault
   */
  public ExperimentConfig load() {
    return resolve().config();
  }

  /**
   * Returns the configuration, as {@link #load} does, with the hash of given weights filled in. The
   * ids of runs then depend on the weights that the runs start from.
   */
  ExperimentConfig loadToTrain() {
    return GivenWeights.pin(load(), HadoopFiles.hadoop());
  }

  /** Returns whether {@code --config} is given. */
  boolean hasConfigFiles() {
    return !files.isEmpty();
  }

  /** Returns the name of the last configuration file, without folder and ending. */
  String name() {
    return files.isEmpty()
        ? "experiment"
        : files.get(files.size() - 1).replaceAll("^.*[/\\\\]|\\.[^.]*$", "");
  }

  /** Returns the configuration with the origin of every value. */
  ResolvedConfig resolve() {
    return ResolvedConfig.load(files, settings, new HadoopFiles());
  }

  boolean printConfig() {
    return printConfig;
  }
}
