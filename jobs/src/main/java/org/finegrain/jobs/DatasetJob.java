package org.finegrain.jobs;

import picocli.CommandLine.Command;

/** The commands on datasets other than their ingestion. Only {@code verify --data} starts Spark. */
@Command(
    name = "dataset",
    description = "Lists, checks and makes datasets.",
    subcommands = {DatasetList.class, DatasetVerify.class, DatasetSynthesize.class})
public final class DatasetJob {
  public static void main(String[] args) {
    JobMain.exit(new DatasetJob(), args);
  }
}
