package org.finegrain.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.finegrain.train.Predictions;

/**
 * A comparison of two runs, bit for bit: the checkpoints that both have kept, each line of the
 * metrics, the test predictions and the result. Times are left out.
 */
public final class Comparison {
  /** Times, and what follows from the settings and is missing in results of earlier versions. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "multiply-adds",
          "seconds",
          "seconds-waiting",
          "seconds-computing",
          "seconds-straggling",
          "seconds-exchanging",
          "images-per-second");

  private final Folder first;
  private final Folder second;
  private final List<Line> lines = new ArrayList<>();

  private record Line(boolean equal, String what, String detail) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-8s %-40s %s", equal ? "equal" : "DIFFERS", what, detail)
          .stripTrailing();
    }
  }

  private Comparison(Folder first, Folder second) {
    this.first = first;
    this.second = second;
  }

  static Comparison of(SparkSession spark, Folder first, Folder second) throws IOException {
    Comparison comparison = new Comparison(first, second);
    comparison.checkpoints();
    comparison.metrics();
    comparison.predictions(spark);
    comparison.result();
    return comparison;
  }

  /** Returns whether the two runs agree in everything that was compared. */
  public boolean allEqual() {
    return lines.stream().allMatch(Line::equal);
  }

  /** Returns one line for each comparison, which begins with {@code equal} or {@code DIFFERS}. */
  public String report() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }

  private void checkpoints() throws IOException {
    Set<String> epochs = new TreeSet<>(first.folder("checkpoints").list());
    Set<String> both = new TreeSet<>(second.folder("checkpoints").list());
    both.retainAll(epochs);
    if (both.isEmpty() && !epochs.isEmpty()) {
      add(false, "checkpoints", "the runs have kept none of the same epoch");
    }
    for (String epoch : both) {
      for (String file : tensorFiles("checkpoints/" + epoch)) {
        compare(file, sha256(first, file), sha256(second, file));
      }
    }
  }

  /**
   * Returns the files of a checkpoint in either run: one run may lack a file that the other has.
   */
  private Set<String> tensorFiles(String checkpoint) throws IOException {
    Set<String> files = new TreeSet<>();
    for (Folder run : List.of(first, second)) {
      for (String file : run.folder(checkpoint).list()) {
        if (file.endsWith(".safetensors")) {
          files.add(checkpoint + "/" + file);
        }
      }
    }
    return files;
  }

  private static String sha256(Folder run, String file) throws IOException {
    return run.exists(file) ? run.sha256(file) : "no such file";
  }

  private void metrics() throws IOException {
    List<String> one = compared(first, "metrics.jsonl");
    List<String> other = compared(second, "metrics.jsonl");
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      compare("metrics.jsonl, epoch " + (i + 1), line(one, i), line(other, i));
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "no such line";
  }

  private void predictions(SparkSession spark) throws IOException {
    List<Row> one;
    List<Row> other;
    try {
      one = Predictions.read(spark, first);
      other = Predictions.read(spark, second);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      add(
          false,
          Predictions.NAME,
          "cannot be read: " + Objects.toString(e.getMessage()).lines().findFirst().orElse(""));
      return;
    }
    long differing = Math.abs(one.size() - other.size());
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      differing += one.get(i).equals(other.get(i)) ? 0 : 1;
    }
    add(
        differing == 0,
        Predictions.NAME,
        differing == 0
            ? one.size() + " images"
            : String.format(
                Locale.ROOT, "%d of %d images", differing, Math.max(one.size(), other.size())));
  }

  private void result() throws IOException {
    compare("result.json", result(first), result(second));
  }

  private static String result(Folder run) throws IOException {
    return compared(run.text("result.json"));
  }

  private static List<String> compared(Folder run, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    if (run.exists(name)) {
      run.lines(name).forEach(line -> lines.add(compared(line)));
    }
    return lines;
  }

  private static String compared(String json) {
    try {
      return ((ObjectNode) JsonFile.parse(json).json()).remove(NOT_COMPARED).toString();
    } catch (IllegalArgumentException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  private void compare(String what, String one, String other) {
    add(one.equals(other), what, one.equals(other) ? "" : one + " | " + other);
  }

  private void add(boolean equal, String what, String detail) {
    lines.add(new Line(equal, what, detail));
  }
}
