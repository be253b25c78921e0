package org.finegrain.tracking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.finegrain.report.ReportException;
import org.finegrain.report.ResultTable;
import org.finegrain.storage.Folder;

/** Copies a report to an MLflow server: its files as artifacts, its means as metrics. */
public final class ReportUpload {
  private static final Pattern FILES =
      Pattern.compile("index\\.html|model-index\\.yaml|(tables|figures)/[^./][^/]*");

  private ReportUpload() {}

  /**
   * Copies a report to the run that stands for its sweeps, which is created unless it is there.
   *
   * @param report the folder of the report
   * @param sweeps the names of the sweeps
   * @param address the address of the server
   * @param experiment the name of the experiment that gets the run
   * @return the address of the run's page
   * @throws ReportException if the server refuses the report
   * @throws IOException if the server cannot be reached, or a file cannot be read
   */
  public static String send(Folder report, String sweeps, String address, String experiment)
      throws IOException {
    MlflowServer server = MlflowServer.at(address, System.getenv());
    try {
      MlflowRun run = new MlflowExperiment(server, experiment).sweep(sweeps);
      for (String file : report.files(2).keySet()) {
        if (FILES.matcher(file).matches()) {
          run.artifact(file, report.bytes(file));
        }
      }
      run.values(means(report), Instant.now());
      run.status("FINISHED", Optional.of(Instant.now()));
      return run.page();
    } catch (MlflowException e) {
      String message = "Cannot copy the report to MLflow at " + address + ": " + e.getMessage();
      if (e.isWorthRetry()) {
        throw new IOException(message + "; the report is written", e);
      }
      throw new ReportException(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(address + " was given up").initCause(e);
    }
  }

  /** Returns name → mean, such as {@code top1/eta/loss.eta 2/cub}. */
  private static SortedMap<String, Double> means(Folder report) throws IOException {
    SortedMap<String, Double> means = new TreeMap<>();
    for (ResultTable table : ResultTable.all(report)) {
      for (Map.Entry<ResultTable.Setting, ResultTable.Mean> result : table.results().entrySet()) {
        if (result.getValue().isKnown()) {
          StringBuilder name = new StringBuilder("top1/" + part(table.name()));
          result
              .getKey()
              .values()
              .forEach((key, value) -> name.append('/').append(part(key + " " + value)));
          name.append('/').append(part(result.getKey().dataset()));
          means.put(name.toString(), result.getValue().top1());
        }
      }
    }
    return means;
  }

  private static String part(String text) {
    return text.replace('/', '_');
  }
}
