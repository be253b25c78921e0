package org.finegrain.jobs;

import picocli.CommandLine.Command;

/**
 * The command {@code finegrain dataset}, with subcommands to list, check and make datasets. Only
 * {@code verify --data} starts Spark.
 */
@Command(
    name = "dataset",
    description = "Lists, checks and makes datasets.",
    subcommands = {DatasetList.class, DatasetVerify.class, DatasetSynthesize.class})
public final class DatasetJob {
  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.exit(new DatasetJob(), args);
  }
}
