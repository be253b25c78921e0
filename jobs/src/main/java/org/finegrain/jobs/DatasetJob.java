package org.finegrain.jobs;

import picocli.CommandLine.Command;

/** What concerns datasets before they are ingested. None of it starts a Spark session. */
@Command(
    name = "dataset",
    description = "Lists, checks and makes datasets in their original layouts.",
    subcommands = {DatasetList.class, DatasetVerify.class, DatasetSynthesize.class})
public final class DatasetJob {
  public static void main(String[] args) {
    JobMain.exit(new DatasetJob(), args);
  }
}
