package org.finegrain.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.report.Report;
import org.finegrain.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code finegrain report --out DIR SWEEP...}, which turns sweeps into tables, figures
 * and one page. Starts no Spark.
 */
@Command(name = "report", description = "Turns sweeps into tables, figures and one page.")
public final class ReportJob implements Callable<Outcome> {
  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The report folder.")
  private String out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of ingested datasets, by short name; gives their sizes before a sweep has run.")
  private String data;

  @Option(names = "--dry-run", description = "Read everything, write nothing.")
  private boolean dryRun;

  @Parameters(arity = "1..*", paramLabel = "SWEEP", description = "Sweep folders.")
  private List<String> sweeps;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    JobMain.exit(new ReportJob(), arguments);
  }

  @Override
  public Outcome call() throws IOException {
    Configuration hadoop = HadoopFiles.hadoop();
    List<Folder> folders = new ArrayList<>();
    for (String sweep : sweeps) {
      folders.add(Folder.at(sweep, hadoop));
    }
    Optional<Folder> datasets =
        data == null ? Optional.empty() : Optional.of(Folder.at(data, hadoop));
    Report report = Report.of(folders, datasets);
    Folder target = Folder.at(out, hadoop);
    return dryRun
        ? Outcome.shows("Would write " + target.location("index.html"))
        : Outcome.wrote(report.write(target));
  }
}
