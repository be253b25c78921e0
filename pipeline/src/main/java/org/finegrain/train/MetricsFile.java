package org.finegrain.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code metrics.jsonl} of a run folder, with one line for each epoch. The file is
 * replaced as a whole each time, so that it never holds half a line. It is written before the
 * epoch's checkpoint, which holds the same lines under its checksum. A resumed run takes the lines
 * from the checkpoint.
 */
final class MetricsFile {
  static final String NAME = "metrics.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);

  private final Folder runFolder;
  private final List<EpochMetrics> epochs;

  private MetricsFile(Folder runFolder, List<EpochMetrics> epochs) {
    this.runFolder = runFolder;
    this.epochs = epochs;
  }

  /**
   * Opens the file as it was when {@code start} was written. Later lines are dropped, and lines
   * that were damaged since are restored.
   */
  static MetricsFile openAfter(Optional<Checkpoint> start, Folder runFolder) throws IOException {
    if (start.isEmpty()) {
      return new MetricsFile(runFolder, new ArrayList<>());
    }
    List<EpochMetrics> epochs = start.get().epochs();
    if (epochs.isEmpty()) { // the first epoch has not ended, or an earlier version wrote it
      return openAfter(start.get().epoch(), runFolder);
    }
    MetricsFile file = new MetricsFile(runFolder, new ArrayList<>(epochs));
    if (!runFolder.exists(NAME) || !runFolder.text(NAME).startsWith(file.text())) {
      LOG.warn(
          "{} is damaged; restoring it from the checkpoint after {}",
          runFolder.location(NAME),
          start.get().name().text());
      file.write();
    }
    return file;
  }

  /** Opens the file as it was after {@code epoch}. Later lines are dropped. */
  static MetricsFile openAfter(int epoch, Folder runFolder) throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>();
    if (epoch > 0 && runFolder.exists(NAME)) {
      epochs.addAll(read(runFolder));
      epochs.removeIf(metrics -> metrics.epoch() > epoch);
    }
    for (int i = 0; i < epoch; i++) {
      if (epochs.size() != epoch || epochs.get(i).epoch() != i + 1) {
        throw new RunException(
            String.format(
                Locale.ROOT,
                "Cannot resume after epoch %d: %s lacks a line of epochs 1 to %d, which the"
                    + " checkpoints of an earlier version do not hold; restore the file from a"
                    + " copy, or delete the run folder to start again",
                epoch,
                runFolder.location(NAME),
                epoch));
      }
    }
    return new MetricsFile(runFolder, epochs);
  }

  /**
   * Reads all epochs of the file.
   *
   * @throws java.io.FileNotFoundException if there is no such file
   * @throws UnreadableFileException if a line is damaged
   */
  static List<EpochMetrics> read(Folder runFolder) throws IOException {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (String line : runFolder.lines(NAME)) {
      epochs.add(parse(line, epochs.size() + 1, runFolder));
    }
    return epochs;
  }

  private static EpochMetrics parse(String line, int number, Folder runFolder)
      throws UnreadableFileException {
    try {
      return EpochMetrics.of(JsonFile.parse(line));
    } catch (IllegalArgumentException e) {
      throw UnreadableFileException.damaged(
          runFolder.location(NAME), "line " + number + ": " + e.getMessage());
    }
  }

  void add(EpochMetrics metrics) throws IOException {
    epochs.add(metrics);
    write();
  }

  private void write() throws IOException {
    runFolder.write(NAME, text());
  }

  private String text() {
    return epochs.stream().map(epoch -> epoch.toJson() + "\n").collect(Collectors.joining());
  }

  /**
   * Returns the median speed over the epochs, in which a disturbed epoch counts little; NaN before
   * the first epoch has ended.
   */
  double medianImagesPerSecond() {
    double[] sorted = epochs.stream().mapToDouble(EpochMetrics::imagesPerSecond).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  List<EpochMetrics> epochs() {
    return List.copyOf(epochs);
  }
}
