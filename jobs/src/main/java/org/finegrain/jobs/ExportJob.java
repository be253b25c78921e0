package org.finegrain.jobs;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.storage.StoredFile;
import org.finegrain.train.WeightsExport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain export --run runs/RUN-ID --out FILE.safetensors}, which writes the
 * weights of a run for other programs. Starts no Spark.
 */
@Command(
    name = "export",
    description =
        "Writes the weights of a run as one safetensors file, under torchvision's names. Takes the"
            + " epoch with the best score on validation. Replaces the file.")
public final class ExportJob implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(ExportJob.class);

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "The run folder, RUNS/RUN-ID.")
  private String run;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
  private String out;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "Take this epoch instead; its checkpoint must still be there.")
  private Integer epoch;

  @Option(names = "--dry-run", description = "Check the checkpoint, write nothing.")
  private boolean dryRun;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    JobMain.exit(new ExportJob(), arguments);
  }

  @Override
  public Outcome call() throws IOException {
    Configuration hadoop = HadoopFiles.hadoop();
    WeightsExport export =
        WeightsExport.of(
            Folder.at(run, hadoop), epoch == null ? OptionalInt.empty() : OptionalInt.of(epoch));
    StoredFile target = StoredFile.at(out, hadoop);
    if (dryRun) {
      return Outcome.shows(
          String.format(
              Locale.ROOT, "Would write epoch %d to %s", export.epoch(), target.location()));
    }
    export.write(target);
    LOG.info("export: wrote the weights of epoch {}", export.epoch());
    return Outcome.wrote(target.location());
  }
}
