package org.finegrain.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Diagnosis;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain doctor --config FILE --data DIR --out runs}, which checks the
 * cluster, the settings and the data before a training.
 */
@Command(
    name = "doctor",
    description = {
      "Checks what would fail later: Java, engine, executors, batch, memory, folders, data. Prints"
          + " one line for each check, with the remedy beside every failure. Trains nothing.",
      "train and sweep run make the same checks first. Exit code 4 if a check failed."
    })
public final class DoctorJob implements Callable<Outcome> {
  @Mixin private ExperimentOptions experiment;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of an ingested dataset; it is read once and compared with its checksums.")
  private String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of run folders; a file is created, renamed and deleted there.")
  private String out;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    JobMain.exit(new DoctorJob(), arguments);
  }

  @Override
  public Outcome call() throws IOException {
    ExperimentConfig config = experiment.load();
    try (SparkSession spark =
        SparkSessions.open("finegrain doctor", config.cluster(), TrainingEngine::configure)) {
      Optional<Folder> folder =
          out == null
              ? Optional.empty()
              : Optional.of(Folder.at(out, spark.sparkContext().hadoopConfiguration()));
      List<String> datasets = data == null ? List.of() : List.of(data);
      Diagnosis diagnosis =
          Doctor.examine(
              spark,
              new PlannedWork(
                  List.of(config), folder, datasets, config.cluster().executorsPerTrial()));
      return new Outcome(diagnosis.isFit() ? ExitCode.DONE : ExitCode.UNFIT, diagnosis.report());
    }
  }
}
