package org.finegrain.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The arguments that a command line gives to a job, whichever program starts it.
 *
 * @param job the word after {@code finegrain}
 * @param arguments the arguments of the job
 * @param others the options of the program that starts it
 */
record JobLine(String job, List<String> arguments, List<String> others) {
  private static final Map<String, Supplier<Object>> JOBS =
      Map.ofEntries(
          Map.entry("augment", AugmentJob::new),
          Map.entry("completion", CompletionCommand::new),
          Map.entry("dataset", DatasetJob::new),
          Map.entry("doctor", DoctorJob::new),
          Map.entry("export", ExportJob::new),
          Map.entry("ingest", IngestJob::new),
          Map.entry("model", ModelJob::new),
          Map.entry("report", ReportJob::new),
          Map.entry("reproduce", ReproduceJob::new),
          Map.entry("sweep", SweepJob::new),
          Map.entry("train", TrainJob::new));

  private static final String CLASS = "org.finegrain.jobs.";

  /** Returns the job that a documented command starts; empty if it starts none. */
  static Optional<JobLine> of(DocumentedCommand command) {
    List<String> words = command.words();
    return switch (command.program()) {
      case "finegrain", "submit-scripts/finegrain" -> Optional.of(launched(words));
      case "submit-scripts/standalone" -> Optional.of(onStandalone(words));
      case "spark-submit" -> Optional.of(submitted(words));
      default -> Optional.empty();
    };
  }

  private static JobLine launched(List<String> words) {
    List<String> arguments = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 2; i < words.size(); i++) {
      if (CompletionCommand.LAUNCHER_OPTIONS.contains(words.get(i))) {
        others.addAll(words.subList(i, i + 2));
        i++;
      } else {
        arguments.add(words.get(i));
      }
    }
    return new JobLine(words.get(1), arguments, others);
  }

  private static JobLine onStandalone(List<String> words) {
    int command = 1;
    while (words.get(command).startsWith("--")) {
      command += Set.of("--pin", "--apart").contains(words.get(command)) ? 1 : 2;
    }
    return new JobLine(
        words.get(command), words.subList(command + 1, words.size()), words.subList(1, command));
  }

  private static JobLine submitted(List<String> words) {
    int jar = 1;
    while (!words.get(jar).endsWith(".jar")) {
      jar++;
    }
    List<String> others = words.subList(1, jar + 1);
    String job = words.get(words.indexOf("--class") + 1);
    if (!job.startsWith(CLASS)) {
      throw new IllegalArgumentException("Not a class of a job: " + job);
    }
    return new JobLine(
        job.substring(CLASS.length()).replaceFirst("Job$", "").toLowerCase(Locale.ROOT),
        words.subList(jar + 1, words.size()),
        others);
  }

  /** Returns a new command object, as the job's main makes it. */
  Object command() {
    Supplier<Object> main = JOBS.get(job);
    if (main == null) {
      throw new IllegalArgumentException("No command of finegrain: " + job);
    }
    return main.get();
  }
}
