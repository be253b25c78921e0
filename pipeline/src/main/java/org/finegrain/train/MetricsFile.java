package org.finegrain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.storage.Folder;

/**
 * {@code metrics.jsonl} of a run folder: one line an epoch. The file is replaced as a whole each
 * time, so that it never holds half a line; it is written before the epoch's checkpoint, so that
 * every checkpoint has its line.
 */
final class MetricsFile {
  static final String NAME = "metrics.jsonl";

  private final Folder runFolder;
  private final List<EpochMetrics> epochs;

  private MetricsFile(Folder runFolder, List<EpochMetrics> epochs) {
    this.runFolder = runFolder;
    this.epochs = epochs;
  }

  /** Opens the file as it was after {@code epoch}: later lines are dropped. */
  static MetricsFile openAfter(int epoch, Folder runFolder) throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>();
    if (runFolder.exists(NAME)) {
      for (String line : runFolder.lines(NAME)) {
        EpochMetrics metrics = parse(line, runFolder);
        if (metrics.epoch() <= epoch) {
          epochs.add(metrics);
        }
      }
    }
    for (int i = 0; i < epoch; i++) {
      if (epochs.size() != epoch || epochs.get(i).epoch() != i + 1) {
        throw new RunException(
            String.format(
                Locale.ROOT,
                "Cannot resume after epoch %d: %s lacks a line of epochs 1 to %d; delete the run folder to start again",
                epoch,
                runFolder.location(NAME),
                epoch));
      }
    }
    return new MetricsFile(runFolder, epochs);
  }

  private static EpochMetrics parse(String line, Folder runFolder) throws IOException {
    try {
      return EpochMetrics.of(Json.parse(line));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("Cannot read " + runFolder.location(NAME) + ": " + line, e);
    }
  }

  void add(EpochMetrics metrics) throws IOException {
    epochs.add(metrics);
    runFolder.write(
        NAME, epochs.stream().map(e -> e.toJson() + "\n").collect(Collectors.joining()));
  }

  /** Over the epochs, so that one that was disturbed counts little; NaN before the first. */
  double medianImagesPerSecond() {
    double[] sorted = epochs.stream().mapToDouble(EpochMetrics::imagesPerSecond).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  List<EpochMetrics> epochs() {
    return List.copyOf(epochs);
  }
}
