package org.finegrain.jobs;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ResolvedConfig;
import org.finegrain.train.GivenWeights;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options that every command shares. {@link JobMain} answers {@code --print-config}. */
public final class ExperimentOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      showDefaultValue = Visibility.NEVER,
      description =
          "An experiment, local or with a scheme such as hdfs:; a later one overrides an earlier.")
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
      description = "Print every key with its value and where that was written, and stop.")
  private boolean printConfig;

  /**
   * @throws ConfigException with every fault
   */
  public ExperimentConfig load() {
    return resolve().config();
  }

  /**
   * As {@link #load}, with the hash of given weights filled in, so that trials are named by what
   * they start from.
   */
  ExperimentConfig loadToTrain() {
    return GivenWeights.pin(load(), HadoopFiles.hadoop());
  }

  boolean namesAnExperiment() {
    return !files.isEmpty();
  }

  /** Of the last configuration file, without folder and ending. */
  String name() {
    return files.isEmpty()
        ? "experiment"
        : files.get(files.size() - 1).replaceAll("^.*[/\\\\]|\\.[^.]*$", "");
  }

  ResolvedConfig resolve() {
    return ResolvedConfig.load(files, settings, new HadoopFiles());
  }

  boolean printConfig() {
    return printConfig;
  }
}
