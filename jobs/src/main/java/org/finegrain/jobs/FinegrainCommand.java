package org.finegrain.jobs;

import picocli.CommandLine.Command;

/**
 * The command {@code finegrain}, with all others as subcommands. {@code spark-submit} starts each
 * command by its own class; this one answers {@code finegrain --version} and {@code finegrain
 * completion}.
 */
@Command(
    name = "finegrain",
    description = "Fine-grained image classification with aggregate attention on Apache Spark.",
    subcommands = {
      DoctorJob.class,
      DatasetJob.class,
      IngestJob.class,
      AugmentJob.class,
      ModelJob.class,
      TrainJob.class,
      ExportJob.class,
      ReproduceJob.class,
      SweepJob.class,
      ReportJob.class,
      CompletionCommand.class
    })
public final class FinegrainCommand {
  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    JobMain.exit(new FinegrainCommand(), arguments);
  }
}
