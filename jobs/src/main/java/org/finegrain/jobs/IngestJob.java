package org.finegrain.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DatasetManifest;
import org.finegrain.ingest.IngestAction;
import org.finegrain.ingest.IngestRequest;
import org.finegrain.ingest.IngestResult;
import org.finegrain.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
          + " configuration has changed; else it starts no Spark."
    })
public final class IngestJob implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "One of cub, aircraft, cars, dogs; default: the dataset of the configuration.")
  private String dataset;

  @Option(
      names = "--all",
      description =
          "Ingest all four datasets, one after the other: --root and --out are then the folders that"
              + " hold a folder of each, by short name.")
  private boolean all;

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

  @Spec private CommandSpec spec;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    JobMain.exit(new IngestJob(), args);
  }

  @Override
  public Outcome call() throws IOException {
    if (all && dataset != null) {
      throw new ParameterException(
          spec.commandLine(), "--all and --dataset exclude each other: give one of them");
    }
    ExperimentConfig config = experiment.load();
    String name = dataset == null ? config.dataset() : CommandLines.dataset(spec, dataset);
    Configuration hadoop = HadoopFiles.hadoop();
    try (SparkSessions.WhenNeeded spark =
        SparkSessions.whenNeeded("finegrain ingest " + (all ? "--all" : name), config.cluster())) {
      Map<String, IngestAction> actions = new LinkedHashMap<>();
      for (IngestRequest request : all ? each(hadoop, config) : List.of(one(name, config))) {
        actions.put(request.dataset(), IngestAction.of(hadoop, spark, request));
      }
      if (dryRun) {
        List<String> plans = new ArrayList<>();
        for (IngestAction action : actions.values()) {
          plans.add(action.plan());
        }
        return Outcome.shows(String.join("\n", plans));
      }
      String location = "";
      for (Map.Entry<String, IngestAction> action : actions.entrySet()) {
        IngestResult result = action.getValue().run();
        System.err.println(result.summary("ingest " + action.getKey()));
        result.findings().lines().forEach(System.err::println);
        location = result.location();
      }
      return Outcome.wrote(all ? Folder.at(out, hadoop).location() : location);
    }
  }

  private IngestRequest one(String name, ExperimentConfig config) {
    return new IngestRequest(name, root, out, config.ingest(), overwrite);
  }

  private List<IngestRequest> each(Configuration hadoop, ExperimentConfig config)
      throws IOException {
    Folder roots = Folder.at(root, hadoop);
    Folder outs = Folder.at(out, hadoop);
    return DatasetManifest.NAMES.stream()
        .map(
            name ->
                new IngestRequest(
                    name, roots.location(name), outs.location(name), config.ingest(), overwrite))
        .toList();
  }
}
