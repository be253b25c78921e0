package org.finegrain.report;

import java.io.IOException;
import java.util.List;
import org.finegrain.storage.CsvLine;
import org.finegrain.storage.Folder;

/** The reading of {@code confusion.csv} of a run folder, for the names of the classes. */
final class ConfusionFile {
  /** The name of the file within a run folder. */
  static final String NAME = "confusion.csv";

  private ConfusionFile() {}

  /**
   * Reads the names of the classes, in label order.
   *
   * @param file the file's name within {@code folder}
   * @param counts the same matrix, counted from the predictions
   * @param classes the number of classes
   * @throws IllegalArgumentException if the file is missing, damaged or of other predictions; the
   *     message says so in the words of a {@link FileFault}
   */
  static List<String> classNames(Folder folder, String file, ConfusionCounts counts, int classes)
      throws IOException {
    if (!folder.exists(file)) {
      throw new IllegalArgumentException("it is missing");
    }
    List<String> lines = folder.lines(file);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    List<String> names = row(lines.get(0), classes);
    if (lines.size() != classes + 1) {
      throw new IllegalArgumentException("it is not whole");
    }
    for (int label = 0; label < classes; label++) {
      List<String> row = row(lines.get(label + 1), classes);
      for (int predicted = 0; predicted < classes; predicted++) {
        if (!row.get(predicted).equals(Long.toString(counts.count(label, predicted)))) {
          throw new IllegalArgumentException("it contradicts " + PredictionsFile.NAME);
        }
      }
    }
    return List.copyOf(names);
  }

  /** Returns the fields of a line without the first. */
  private static List<String> row(String line, int classes) {
    List<String> fields = CsvLine.parse(line);
    if (fields.size() != classes + 1) {
      throw new IllegalArgumentException("it is not whole");
    }
    return fields.subList(1, fields.size());
  }
}
