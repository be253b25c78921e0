package org.finegrain.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.finegrain.config.SyntheticConfig;
import org.finegrain.dataset.DatasetManifest;
import org.finegrain.dataset.SyntheticDatasets;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain dataset synthesize}, which draws small datasets in the four original
 * layouts.
 */
@Command(
    name = "synthesize",
    description =
        "Draws small datasets in the four original layouts: DIR/cub, DIR/aircraft, DIR/cars,"
            + " DIR/dogs. Keeps a dataset that is there already from the same configuration.")
final class DatasetSynthesize implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetSynthesize.class);

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to.")
  private String out;

  @Option(names = "--dry-run", description = "Say what would be written, and stop.")
  private boolean dryRun;

  @Override
  public Outcome call() throws IOException {
    SyntheticConfig config = experiment.load().synthetic();
    Folder folder = Folder.at(out, HadoopFiles.hadoop());
    int images = config.classes() * (config.trainPerClass() + config.testPerClass());
    if (dryRun) {
      return Outcome.shows(
          String.format(
              Locale.ROOT,
              "Would write %s to %s: %d classes and %d images each",
              String.join(", ", DatasetManifest.NAMES),
              folder.location(),
              config.classes(),
              images));
    }
    List<String> written = SyntheticDatasets.write(folder, config);
    LOG.info(
        "synthesize: {}",
        written.isEmpty()
            ? "all four datasets are there already"
            : String.format(
                Locale.ROOT, "drew %d images each for %s", images, String.join(", ", written)));
    return Outcome.wrote(folder.location());
  }
}
