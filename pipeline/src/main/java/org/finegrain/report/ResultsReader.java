package org.finegrain.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the folders of a report. The driver reads plans and journals; two Spark jobs read all run
 * folders, first without and then with their predictions.
 */
final class ResultsReader {
  private static final Logger LOG = LoggerFactory.getLogger(ResultsReader.class);

  /**
   * What was read.
   *
   * @param comparisons the comparisons of the results
   * @param faults a sentence for each kind of fault in the files
   */
  record Read(Results results, List<Comparison> comparisons, List<String> faults) {}

  private final JavaSparkContext spark;
  private final Map<String, InputFolder> inputs = new LinkedHashMap<>(); // by location
  private final List<SweepReader> readers = new ArrayList<>();
  private final Map<InputFolder, String> names = new HashMap<>();

  private ResultsReader(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Reads the folders.
   *
   * @param folders one or more sweep folders
   * @param data a folder of ingested datasets by short name
   * @throws ReportException if a folder is not a sweep folder, or if there are no trials
   */
  static Read read(JavaSparkContext spark, List<Folder> folders, Optional<Folder> data)
      throws IOException {
    return new ResultsReader(spark).read(folders, data);
  }

  private Read read(List<Folder> folders, Optional<Folder> data) throws IOException {
    for (Folder folder : folders) {
      if (!inputs.containsKey(folder.location())) {
        InputFolder input = new InputFolder(folder);
        inputs.put(folder.location(), input);
        readers.add(SweepReader.open(input));
      }
    }
    List<Sweep> sweeps = sweeps();
    List<DatasetFacts> facts = new ArrayList<>();
    if (data.isPresent()) {
      InputFolder input = new InputFolder(data.get());
      facts.addAll(ingested(input));
      inputs.put("data", input);
      names.put(input, "data");
    }
    Results results = Results.of(sweeps, facts);
    if (results.trials().isEmpty()) {
      List<String> located = located();
      throw new ReportException(
          "Cannot find a trial to report on: "
              + (located.isEmpty()
                  ? "the plans of " + folders + " are empty"
                  : String.join("; ", located)));
    }
    List<Comparison> comparisons = Comparisons.of(results);
    PredictionsScan.Found found = PredictionsScan.read(spark, rows(comparisons, results));
    found.faults().forEach((place, faults) -> faults.forEach(inputs.get(place.base())::note));
    located().forEach(fault -> LOG.warn("The report leaves out what it cannot read: {}", fault));
    return new Read(results.with(found.rows()), comparisons, faults());
  }

  private List<Sweep> sweeps() {
    List<RunPlace> places = new ArrayList<>();
    readers.forEach(reader -> places.addAll(reader.runs()));
    Map<RunPlace, RunContent> contents = RunScan.read(spark, places);
    List<Sweep> sweeps = new ArrayList<>();
    List<InputFolder> ordered = List.copyOf(inputs.values());
    for (int i = 0; i < ordered.size(); i++) {
      Sweep sweep = readers.get(i).sweep(contents);
      sweeps.add(sweep);
      names.put(ordered.get(i), sweep.name());
    }
    return sweeps;
  }

  /** Returns every row of every comparison on every column. */
  private static List<SeedGroup> rows(List<Comparison> comparisons, Results results) {
    List<SeedGroup> groups = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      for (Comparison.Part part : comparison.parts()) {
        for (Comparison.Row row : part.rows()) {
          for (Column column : results.columns(row.trials())) {
            groups.add(SeedGroup.of(row.trials(), column, results));
          }
        }
      }
    }
    return groups;
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    inputs
        .values()
        .forEach(
            input -> input.faults().forEach(fault -> faults.add(names.get(input) + ": " + fault)));
    return faults;
  }

  private List<String> located() {
    List<String> located = new ArrayList<>();
    inputs
        .values()
        .forEach(
            input ->
                input.faults().forEach(fault -> located.add("in " + input.folder() + " " + fault)));
    return located;
  }

  private static List<DatasetFacts> ingested(InputFolder data) throws IOException {
    List<DatasetFacts> facts = new ArrayList<>();
    for (String name : data.folder().list()) {
      data.read(name + "/_manifest.json", json -> DatasetFacts.of(json.json()))
          .ifPresent(facts::add);
    }
    return facts;
  }
}
