package org.finegrain.jobs;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.ingest.AugmentAction;
import org.finegrain.ingest.AugmentRequest;
import org.finegrain.ingest.IngestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain augment --data data/cub --out augmented/cub}, which writes augmented
 * images to look at.
 */
@Command(
    name = "augment",
    description = {
      "Writes the images of an ingested dataset as training sees them, and contact-sheet.png to look"
          + " at.",
      "Training augments on the fly and does not need this. Each variant is the image that a training"
          + " draws in one epoch, from the sections seed and augmentation of the configuration."
          + " Validation and test images stay as they are."
    })
public final class AugmentJob implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of an ingested dataset.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the augmented dataset; it must be new, empty, or a dataset.")
  private String out;

  @Option(
      names = "--variants",
      paramLabel = "N",
      defaultValue = "4",
      description = "Variants of each train image; each is that of one epoch.")
  private int variants;

  @Option(names = "--overwrite", description = "Replace another dataset in that folder.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Say what would be done, and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.exit(new AugmentJob(), args);
  }

  @Override
  public Outcome call() throws IOException {
    if (variants < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT, "Invalid value for --variants: %d (must be at least 1)", variants));
    }
    ExperimentConfig config = experiment.load();
    AugmentRequest request =
        new AugmentRequest(
            data,
            out,
            variants,
            config.augmentation(),
            config.seed(),
            config.ingest().rowsPerShard(),
            overwrite);
    try (SparkSessions.WhenNeeded spark =
        SparkSessions.whenNeeded("finegrain augment", config.cluster())) {
      AugmentAction action = AugmentAction.of(HadoopFiles.hadoop(), spark, request);
      if (dryRun) {
        return Outcome.shows(action.plan());
      }
      IngestResult result = action.run();
      System.err.println(result.summary("augment"));
      return Outcome.wrote(result.location());
    }
  }
}
