package org.finegrain.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.Secrets;
import org.finegrain.config.TrackingConfig;
import org.finegrain.report.Report;
import org.finegrain.report.ReportInputs;
import org.finegrain.report.ResultTable;
import org.finegrain.report.TableCheck;
import org.finegrain.report.table.Latex;
import org.finegrain.storage.Folder;
import org.finegrain.storage.StoredFile;
import org.finegrain.tracking.ReportUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain report --out DIR FOLDER...}, which turns sweeps and runs into
 * tables, figures and one page. Tasks of Spark read the run folders.
 */
@Command(
    name = "report",
    description = {
      "Turns sweeps and runs into tables, figures and one page.",
      "With --check, exit code 3 if a result fell or is missing."
    })
public final class ReportJob implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportJob.class);

  private static final String INDEX = "index.html";

  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The report folder.")
  private String out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of ingested datasets, by short name; gives their sizes before a sweep has run.")
  private String data;

  @Option(
      names = "--check",
      paramLabel = "TABLE.json",
      showDefaultValue = Visibility.NEVER,
      description =
          "Compare the table of the same name with this file, which an earlier report has written."
              + " May be repeated.")
  private List<String> earlier = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "POINTS",
      description =
          "How many points, that is percent of the images, a mean may fall below that of --check.")
  private double tolerance = 0;

  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description =
          "Copy the report to an MLflow server: its files as artifacts, and its means as metrics, of"
              + " a run named after the sweep.")
  private String mlflow;

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      description = "The experiment that gets this run, as tracking.experiment.")
  private String experiment = TrackingConfig.DEFAULT_EXPERIMENT;

  @Option(
      names = "--siunitx",
      description = "Align the numbers of LaTeX tables with the package siunitx.")
  private boolean siunitx;

  @Option(names = "--dry-run", description = "Read everything, write nothing.")
  private boolean dryRun;

  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders of sweeps and of single runs.")
  private List<String> inputs;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    JobMain.exit(new ReportJob(), arguments);
  }

  @Override
  public Outcome call() throws IOException {
    if (!(tolerance >= 0 && tolerance <= 100)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for --tolerance: " + tolerance + " (must be from 0 to 100)");
    }
    if (mlflow != null && !TrackingConfig.isAddress(mlflow)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for --mlflow: "
              + Secrets.withoutUsers(mlflow)
              + " ("
              + TrackingConfig.ADDRESS_RULE
              + ")");
    }
    Configuration hadoop = HadoopFiles.hadoop();
    List<ResultTable> before = new ArrayList<>(); // this report may replace the files
    for (String file : earlier) {
      before.add(ResultTable.read(StoredFile.at(file, hadoop)));
    }
    List<Folder> folders = new ArrayList<>();
    for (String input : inputs) {
      folders.add(Folder.at(input, hadoop));
    }
    Optional<Folder> datasets =
        data == null ? Optional.empty() : Optional.of(Folder.at(data, hadoop));
    Folder target = Folder.at(out, hadoop);
    ReportInputs listed =
        ReportInputs.list(folders, datasets, target, siunitx ? "siunitx" : "plain");
    if (before.isEmpty() && mlflow == null && !dryRun && listed.gave(target)) {
      LOG.info(
          "The report is up to date, nothing to do; delete {} to write it again",
          target.location(INDEX));
      return Outcome.wrote(target.location(INDEX));
    }
    try (SparkSession spark =
        SparkSessions.open("finegrain report", ExperimentConfig.DEFAULTS.cluster())) {
      return report(Report.of(spark, folders, datasets), target, before, listed);
    }
  }

  private Outcome report(
      Report report, Folder target, List<ResultTable> before, ReportInputs listed)
      throws IOException {
    List<TableCheck> checks = before.stream().map(it -> report.check(it, tolerance)).toList();
    List<String> lines = new ArrayList<>();
    checks.forEach(check -> lines.addAll(check.lines()));
    lines.add(dryRun ? "Would write " + target.location(INDEX) : write(report, target, listed));
    if (mlflow != null && !dryRun) {
      LOG.info(
          "The report is at {}", ReportUpload.send(target, report.sweeps(), mlflow, experiment));
    }
    boolean passed = checks.stream().allMatch(TableCheck::passed);
    return new Outcome(passed ? ExitCode.DONE : ExitCode.PARTLY, String.join("\n", lines));
  }

  private String write(Report report, Folder target, ReportInputs listed) throws IOException {
    ReportInputs.forget(target);
    String page = report.write(target, siunitx ? Latex::withSiunitx : Latex::of);
    if (report.isWhole()) {
      listed.noteIn(target);
    }
    return page;
  }
}
