package org.finegrain.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.cost.CostRequest;
import org.finegrain.cost.SweepCost;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.ChannelsOfClasses;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.SweepException;
import org.finegrain.sweep.SweepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain sweep plan}, which writes the list of trials and says what they will
 * cost. Starts no Spark, except to measure.
 */
@Command(
    name = "plan",
    description = {
      "Writes plan.json: every combination of datasets, seeds and axes of every space. Prints what"
          + " the plan will cost, and as its last line the path of plan.json.",
      "A plan that is there already is extended. Trials that the configuration does not want any"
          + " more are retired: their run folders stay.",
      "Times are told from finished runs of the same network on the same kind of executors, in this"
          + " sweep folder and in those of --rates, or from measured steps."
    })
final class SweepPlanCommand implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(SweepPlanCommand.class);

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private final PlanUpdate update = new PlanUpdate();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of ingested datasets, by short name, to count their images; warns of those"
              + " that are missing. Default: the official counts.")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(
      names = "--rates",
      paramLabel = "DIR",
      showDefaultValue = Visibility.NEVER,
      description =
          "A sweep folder, or a folder of run folders, whose finished runs show how fast networks"
              + " train. May be repeated.")
  private List<String> rates = new ArrayList<>();

  @Option(
      names = "--measure",
      description =
          "Train a few steps of each network that no finished run tells of, on images of --data or"
              + " on synthetic ones, and keep the rates in the sweep folder.")
  private boolean measure;

  @Option(names = "--dry-run", description = "List the trials and their cost, and stop.")
  private boolean dryRun;

  @Override
  public Outcome call() throws IOException, InterruptedException {
    ExperimentConfig config = experiment.loadToTrain();
    Plan plan = Plan.of(experiment.name(), config);
    Folder sweep = Folder.at(out, HadoopFiles.hadoop());
    List<Folder> runs = foldersOfRates();
    Optional<Folder> datasets =
        data == null ? Optional.empty() : Optional.of(Folder.at(data, HadoopFiles.hadoop()));
    if (datasets.isPresent()) {
      SweepRunner.dataFaults(plan, datasets.get()).forEach(LOG::warn);
      ChannelsOfClasses.require(plan, config, datasets.get());
    }
    Plan current = dryRun ? update.preview(sweep, plan) : update.write(sweep, plan);
    String master = SparkSessions.settings("", config.cluster()).get("spark.master");
    String cost =
        plan.summary()
            + "\n"
            + cost(new CostRequest(current, config, sweep, datasets, runs, master)).text();
    return dryRun
        ? Outcome.shows(list(plan) + cost)
        : Outcome.wrote(cost + "\n" + sweep.location(PlanFile.NAME));
  }

  private List<Folder> foldersOfRates() throws IOException {
    List<Folder> folders = new ArrayList<>();
    for (String location : rates) {
      Folder folder = Folder.at(location, HadoopFiles.hadoop());
      if (!folder.exists()) {
        throw new SweepException(
            String.format(
                Locale.ROOT, "Cannot take rates from %s: there is no such folder", folder));
      }
      folders.add(folder);
    }
    return folders;
  }

  private static String list(Plan plan) {
    return plan.trials().stream()
        .map(trial -> trial.id() + "  " + trial.label() + "\n")
        .collect(Collectors.joining());
  }

  private SweepCost cost(CostRequest request) throws IOException {
    SweepCost cost = SweepCost.of(request);
    List<ExperimentConfig> toMeasure = cost.toMeasure();
    if (!measure || toMeasure.isEmpty()) {
      return cost;
    }
    try (SparkSession spark =
        SparkSessions.open(
            "finegrain sweep plan " + request.plan().name(),
            request.experiment().cluster(),
            TrainingEngine::configure)) {
      Doctor.examine(spark, new PlannedWork(toMeasure, Optional.empty(), List.of())).requireFit();
      return cost.measured(spark, !dryRun);
    }
  }
}
