package org.finegrain.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.finegrain.storage.Folder;

/**
 * The reading of {@code predictions.parquet} within a task, by Parquet's own reader. Spark's reader
 * would need a job for each run.
 */
final class PredictionsFile {
  /** The name of the file within a run folder. */
  static final String NAME = "predictions.parquet";

  private PredictionsFile() {}

  /**
   * The prediction for one image.
   *
   * @param image the id of the image
   * @param label the true class, from 0
   * @param predicted the most probable class
   * @param confidence the probability of {@code predicted}
   */
  record Prediction(String image, int label, int predicted, double confidence) {
    boolean isHit() {
      // A network whose outputs are undefined predicts nothing.
      return predicted == label && !Double.isNaN(confidence);
    }
  }

  /**
   * Reads all predictions of a run, sorted by image.
   *
   * @param file the folder {@code predictions.parquet}
   * @throws IllegalArgumentException if it is missing or damaged; the message says so in the words
   *     of a {@link FileFault}
   * @throws IOException if the folder cannot be listed
   */
  static List<Prediction> read(Folder file, Configuration hadoop) throws IOException {
    if (!file.exists()) {
      throw new IllegalArgumentException("it is missing");
    }
    List<String> parts =
        file.files(1).keySet().stream().filter(name -> name.endsWith(".parquet")).toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    List<Prediction> predictions = new ArrayList<>();
    for (String part : parts) {
      try {
        addAll(new Path(file.location(part)), hadoop, predictions);
      } catch (IOException | RuntimeException e) { // Parquet throws either for damaged files
        throw new IllegalArgumentException("its Parquet data cannot be read", e);
      }
    }
    predictions.sort(Comparator.comparing(Prediction::image));
    return predictions;
  }

  private static void addAll(Path part, Configuration hadoop, List<Prediction> predictions)
      throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), part).withConf(hadoop).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        predictions.add(
            new Prediction(
                row.getString("image_id", 0),
                row.getInteger("label", 0),
                first(row, "classes").getInteger(0, 0),
                first(row, "probabilities").getDouble(0, 0)));
      }
    }
  }

  /** Returns the first element of an array as Spark writes it: a list of groups of one field. */
  private static Group first(Group row, String array) {
    return row.getGroup(array, 0).getGroup(0, 0);
  }
}
