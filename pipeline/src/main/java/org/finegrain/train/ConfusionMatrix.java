package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.finegrain.storage.CsvLine;
import org.finegrain.storage.Folder;

/**
 * The confusion matrix in a run folder's {@code confusion.csv}: how often samples of one class were
 * predicted as another.
 *
 * @param counts true class → predicted class → number of samples
 */
record ConfusionMatrix(long[][] counts) {
  static final String NAME = "confusion.csv";

  static ConfusionMatrix of(List<Prediction> predictions, int classes) {
    long[][] counts = new long[classes][classes];
    predictions.forEach(it -> counts[it.label()][it.predictedClass()]++);
    return new ConfusionMatrix(counts);
  }

  void write(List<String> classNames, Folder runFolder) throws IOException {
    runFolder.write(NAME, csv(classNames));
  }

  /**
   * Returns a row for each true class and a column for each predicted one, with the names first.
   */
  String csv(List<String> classNames) {
    StringBuilder text = new StringBuilder(row("class", classNames.stream()));
    for (int label = 0; label < counts.length; label++) {
      text.append(row(classNames.get(label), LongStream.of(counts[label]).boxed()));
    }
    return text.toString();
  }

  private static String row(String first, Stream<?> others) {
    return CsvLine.of(Stream.concat(Stream.of(first), others).toList()) + "\n";
  }
}
