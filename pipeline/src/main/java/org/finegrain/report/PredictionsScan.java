package org.finegrain.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Reads the predictions of all rows of a report in one Spark job. A task reads the predictions of a
 * run once and counts them; the counts are reduced by row, so that the driver gets a bit for each
 * seed and image and no prediction.
 */
final class PredictionsScan {
  private static final String OTHER_IMAGES =
      "its images or labels are not those of most seeds of its row";

  private final List<SeedGroup> rows;
  private final List<PredictionsTask> tasks = new ArrayList<>();

  /**
   * The predictions of a report.
   *
   * @param rows the places of a row's scored runs, by seed → its predictions; rows of which none
   *     can be read are absent
   * @param faults the place of a run → what its files lack, in the order of the rows
   */
  record Found(Map<List<RunPlace>, RowPredictions> rows, Map<RunPlace, List<FileFault>> faults) {}

  /**
   * The findings of one task, or of several, for one row, or their faults.
   *
   * @param predictions null for faults
   * @param faults number of the run → what its files lack
   */
  private record Part(SeedPredictions predictions, TreeMap<Integer, List<FileFault>> faults)
      implements Serializable {

    Part plus(Part other) {
      if (predictions != null) {
        return new Part(predictions.plus(other.predictions), faults);
      }
      TreeMap<Integer, List<FileFault>> all = new TreeMap<>(faults);
      all.putAll(other.faults);
      return new Part(null, all);
    }
  }

  /**
   * The key by which parts are reduced.
   *
   * @param row the number of the row; −1 for faults
   * @param images the hash of the images, because hits on different images cannot be added
   */
  private record Key(int row, String images) implements Serializable {
    private static final Key FAULTS = new Key(-1, "");

    @Override
    public int
        hashCode() { // tasks of all machines must agree, which a record's own does not promise
      return 31 * row + images.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && row == key.row && images.equals(key.images);
    }
  }

  private PredictionsScan(List<SeedGroup> rows) {
    this.rows = rows;
    Map<RunPlace, List<Integer>> rowsOf = new LinkedHashMap<>();
    Map<RunPlace, Trial> trials = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      for (Trial trial : rows.get(row).scored()) {
        trials.put(trial.place(), trial);
        rowsOf.computeIfAbsent(trial.place(), it -> new ArrayList<>()).add(row);
      }
    }
    trials.forEach(
        (place, trial) ->
            tasks.add(
                new PredictionsTask(
                    tasks.size(),
                    place,
                    trial.seed(),
                    trial.test().orElseThrow(),
                    trial.outcome().orElseThrow().classes(),
                    rowsOf.get(place))));
  }

  /** Reads the predictions of rows. Equal rows are read once. */
  static Found read(JavaSparkContext spark, List<SeedGroup> rows) {
    Map<List<RunPlace>, SeedGroup> distinct = new LinkedHashMap<>();
    rows.forEach(row -> distinct.putIfAbsent(row.places(), row));
    distinct.remove(List.of());
    PredictionsScan scan = new PredictionsScan(List.copyOf(distinct.values()));
    return scan.tasks.isEmpty() ? new Found(Map.of(), Map.of()) : scan.found(scan.parts(spark));
  }

  private List<Tuple2<Key, Part>> parts(JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      return spark
          .parallelize(tasks, RunScan.tasks(spark, tasks.size()))
          .flatMapToPair(task -> read(task, hadoop.value().value()).iterator())
          .reduceByKey(Part::plus)
          .collect();
    } finally {
      hadoop.destroy();
    }
  }

  private static List<Tuple2<Key, Part>> read(PredictionsTask task, Configuration hadoop) {
    PredictionsTask.Found found = task.read(hadoop);
    List<Tuple2<Key, Part>> parts = new ArrayList<>();
    if (found.predictions() != null) {
      for (int row : task.rows()) {
        parts.add(
            new Tuple2<>(
                new Key(row, found.images()), new Part(found.predictions(), new TreeMap<>())));
      }
    }
    if (!found.faults().isEmpty()) {
      TreeMap<Integer, List<FileFault>> faults = new TreeMap<>();
      faults.put(task.run(), found.faults());
      parts.add(new Tuple2<>(Key.FAULTS, new Part(null, faults)));
    }
    return parts;
  }

  private Found found(List<Tuple2<Key, Part>> parts) {
    SortedMap<Integer, List<FileFault>> faults = new TreeMap<>();
    SortedMap<Integer, List<Tuple2<Key, Part>>> byRow = new TreeMap<>();
    for (Tuple2<Key, Part> part : parts) {
      if (part._1().equals(Key.FAULTS)) {
        faults.putAll(part._2().faults());
      } else {
        byRow.computeIfAbsent(part._1().row(), it -> new ArrayList<>()).add(part);
      }
    }
    Map<String, Integer> seedsOf = new TreeMap<>();
    parts.stream()
        .filter(part -> !part._1().equals(Key.FAULTS))
        .forEach(
            part ->
                seedsOf.merge(part._1().images(), part._2().predictions().count(), Integer::sum));
    // Of several sets of images, that of most seeds of the row counts, then that of most seeds of
    // the report; the hash decides what is left, so that the report does not depend on tasks.
    Comparator<Tuple2<Key, Part>> order =
        Comparator.comparingInt((Tuple2<Key, Part> part) -> part._2().predictions().count())
            .thenComparingInt(part -> seedsOf.get(part._1().images()))
            .thenComparing(part -> part._1().images());
    Map<List<RunPlace>, RowPredictions> found = new LinkedHashMap<>();
    byRow.forEach(
        (row, ofRow) -> {
          Tuple2<Key, Part> most = ofRow.stream().max(order).orElseThrow();
          found.put(rows.get(row).places(), predictions(row, most));
          ofRow.stream()
              .filter(part -> !part._1().equals(most._1()))
              .flatMap(part -> part._2().predictions().runs().stream())
              .forEach(run -> add(faults, run));
        });
    Map<RunPlace, List<FileFault>> byPlace = new LinkedHashMap<>();
    faults.forEach((run, ofRun) -> byPlace.put(tasks.get(run).place(), ofRun));
    return new Found(found, byPlace);
  }

  private RowPredictions predictions(int row, Tuple2<Key, Part> part) {
    int classes =
        rows.get(row).scored().stream()
            .mapToInt(trial -> trial.outcome().orElseThrow().classes())
            .max()
            .orElseThrow();
    return part._2().predictions().row(part._1().images(), classes);
  }

  private void add(SortedMap<Integer, List<FileFault>> faults, int run) {
    FileFault fault =
        new FileFault(tasks.get(run).place().name(PredictionsFile.NAME), OTHER_IMAGES);
    List<FileFault> all = new ArrayList<>(faults.getOrDefault(run, List.of()));
    if (!all.contains(fault)) {
      all.add(fault);
    }
    faults.put(run, all);
  }
}
