package org.finegrain.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;
import org.finegrain.train.Predictions;

/**
 * What of two runs is equal, bit for bit: the checkpoints that both have kept, each line of
 * metrics, the test predictions and the result. How long it took is no result.
 */
public final class Comparison {
  private static final Set<String> OF_THE_CLOCK =
      Set.of(
          "seconds",
          "seconds-waiting",
          "seconds-computing",
          "seconds-straggling",
          "seconds-exchanging",
          "images-per-second");
  private static final JsonMapper JSON = new JsonMapper();

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

  public boolean allEqual() {
    return lines.stream().allMatch(Line::equal);
  }

  /** A line a thing that was compared. */
  public String report() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }

  private void checkpoints() throws IOException {
    Set<String> epochs = new TreeSet<>(first.folder("checkpoints").list());
    Set<String> both = new TreeSet<>(second.folder("checkpoints").list());
    both.retainAll(epochs);
    if (both.isEmpty() && !epochs.isEmpty()) {
      add(false, "checkpoints", "no epoch that both have kept");
    }
    for (String epoch : both) {
      for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
        String name = String.format(Locale.ROOT, "checkpoints/%s/%s", epoch, file);
        compare(name, first.sha256(name), second.sha256(name));
      }
    }
  }

  private void metrics() throws IOException {
    List<String> one = withoutClock(first, "metrics.jsonl");
    List<String> other = withoutClock(second, "metrics.jsonl");
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      compare("metrics.jsonl, epoch " + (i + 1), line(one, i), line(other, i));
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "no such line";
  }

  private void predictions(SparkSession spark) throws IOException {
    List<Row> one = Predictions.read(spark, first);
    List<Row> other = Predictions.read(spark, second);
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
    return withoutClock(JSON.readTree(run.text("result.json")));
  }

  private static List<String> withoutClock(Folder run, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    if (run.exists(name)) {
      for (String line : run.lines(name)) {
        lines.add(withoutClock(JSON.readTree(line)));
      }
    }
    return lines;
  }

  private static String withoutClock(JsonNode json) {
    return ((ObjectNode) json).remove(OF_THE_CLOCK).toString();
  }

  private void compare(String what, String one, String other) {
    add(one.equals(other), what, one.equals(other) ? "" : one + " | " + other);
  }

  private void add(boolean equal, String what, String detail) {
    lines.add(new Line(equal, what, detail));
  }
}
