package org.finegrain.report;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.report.statistics.Hits;
import org.finegrain.storage.Folder;

/**
 * The task of reading the predictions of one run, once for all rows that it stands in.
 *
 * @param run the number of the run among those that are read
 * @param expected the hits that the run's result says
 * @param classes the number of classes that the run's result says
 * @param rows the numbers of the rows that the run stands in
 */
record PredictionsTask(
    int run, RunPlace place, long seed, Hits expected, int classes, List<Integer> rows)
    implements Serializable {
  private static final int MAX_CLASSES = 1_000_000; // a damaged number must not take all memory

  /**
   * The findings of the task.
   *
   * @param images the hash of ids and labels of the images; null if the predictions cannot be used
   * @param predictions null if the predictions cannot be used
   * @param faults what files lack
   */
  record Found(String images, SeedPredictions predictions, List<FileFault> faults) {}

  /** Reads the predictions. No damage of the run folder makes this fail. */
  Found read(Configuration hadoop) {
    List<FileFault> faults = new ArrayList<>();
    String file = place.name(PredictionsFile.NAME);
    try {
      Folder base = Folder.at(place.base(), hadoop);
      List<PredictionsFile.Prediction> predictions =
          PredictionsFile.read(base.folder(file), hadoop);
      check(predictions);
      ConfusionCounts confusion =
          ConfusionCounts.of(
              predictions.stream()
                  .map(it -> new ConfusionCounts.Cell(it.label(), it.predicted(), 1)));
      List<String> names = classNames(base, confusion, faults);
      return new Found(
          hash(predictions), SeedPredictions.of(run, seed, predictions, confusion, names), faults);
    } catch (IllegalArgumentException e) {
      faults.add(new FileFault(file, e.getMessage()));
    } catch (IOException e) {
      faults.add(new FileFault(file, "it cannot be read"));
    }
    return new Found(null, null, faults);
  }

  private void check(List<PredictionsFile.Prediction> predictions) {
    if (classes > MAX_CLASSES) {
      throw new IllegalArgumentException("result.json has " + classes + " classes");
    }
    String last = null;
    long hits = 0;
    for (PredictionsFile.Prediction prediction : predictions) {
      if (prediction.image().equals(last)) {
        throw new IllegalArgumentException("it has an image twice");
      }
      last = prediction.image();
      if (!isClass(prediction.label()) || !isClass(prediction.predicted())) {
        throw new IllegalArgumentException("it has a class that result.json does not count");
      }
      hits += prediction.isHit() ? 1 : 0;
    }
    if (predictions.size() != expected.samples() || hits != expected.count()) {
      throw new IllegalArgumentException(
          "it contradicts result.json: "
              + hits
              + " hits of "
              + predictions.size()
              + " images, not "
              + expected.count()
              + " of "
              + expected.samples());
    }
  }

  private boolean isClass(int number) {
    return number >= 0 && number < classes;
  }

  /** Returns the names of the classes, or none where they cannot be read. */
  private List<String> classNames(Folder base, ConfusionCounts confusion, List<FileFault> faults) {
    String file = place.name(ConfusionFile.NAME);
    try {
      return ConfusionFile.classNames(base, file, confusion, classes);
    } catch (IllegalArgumentException e) {
      faults.add(new FileFault(file, e.getMessage()));
    } catch (IOException e) {
      faults.add(new FileFault(file, "it cannot be read"));
    }
    return List.of();
  }

  private static String hash(List<PredictionsFile.Prediction> predictions) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      predictions.forEach(
          it ->
              sha256.update(
                  (it.image() + "\t" + it.label() + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
