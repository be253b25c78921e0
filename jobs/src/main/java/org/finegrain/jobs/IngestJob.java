package org.finegrain.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.ingest.IngestAction;
import org.finegrain.ingest.IngestRequest;
import org.finegrain.ingest.IngestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain ingest --dataset cub --root CUB_200_2011 --out data/cub}, which
 * turns an original dataset into Parquet shards.
 */
@Command(
    name = "ingest",
    description = {
      "Turns a dataset in its original layout into Parquet shards.",
      "Carves the validation split from train. Broken images are left out and listed in"
          + " _manifest.json. A second call writes only if the source or the section ingest of the"
          + " configuration has changed."
    })
public final class IngestJob implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "One of cub, aircraft, cars, dogs; default: the dataset of the configuration.")
  private String dataset;

  @Option(
      names = "--root",
      required = true,
      paramLabel = "DIR",
      description = "The folder that the original archive was unpacked into.")
  private String root;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the ingested dataset; it must be new, empty, or a dataset.")
  private String out;

  @Option(names = "--overwrite", description = "Replace another ingested dataset in that folder.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Read the lists, say what would be done, and stop.")
  private boolean dryRun;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.exit(new IngestJob(), args);
  }

  @Override
  public Outcome call() throws IOException {
    ExperimentConfig config = experiment.load();
    String name = dataset == null ? config.dataset() : dataset;
    try (SparkSession spark = SparkSessions.open("finegrain ingest " + name, config.cluster())) {
      IngestAction action =
          IngestAction.of(spark, new IngestRequest(name, root, out, config.ingest(), overwrite));
      if (dryRun) {
        return Outcome.shows(action.plan());
      }
      IngestResult result = action.run();
      System.err.println(result.summary("ingest " + name));
      result.findings().lines().forEach(System.err::println);
      return Outcome.wrote(result.location());
    }
  }
}
