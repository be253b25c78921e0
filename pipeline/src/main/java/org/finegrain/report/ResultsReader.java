package org.finegrain.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
   * The results of the folders.
   *
   * @param comparisons the comparisons of the results
   * @param faults a sentence for each kind of fault in the files
   */
  record Read(Results results, List<Comparison> comparisons, List<String> faults) {}

  private final JavaSparkContext spark;
  private final Map<String, ReportSource> sources = new LinkedHashMap<>(); // by location

  private ResultsReader(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Reads the folders.
   *
   * @param folders one or more folders of sweeps and of runs
   * @param data a folder of ingested datasets by short name
   * @throws ReportException if a folder is neither, or if there are no trials
   */
  static Read read(JavaSparkContext spark, List<Folder> folders, Optional<Folder> data)
      throws IOException {
    return new ResultsReader(spark).read(folders, data);
  }

  private Read read(List<Folder> folders, Optional<Folder> data) throws IOException {
    for (Folder folder : folders) {
      if (!sources.containsKey(folder.location())) {
        sources.put(folder.location(), source(new InputFolder(folder)));
      }
    }
    List<Sweep> sweeps = sweeps();
    List<DatasetFacts> facts = new ArrayList<>();
    Optional<InputFolder> datasets = data.map(InputFolder::new);
    if (datasets.isPresent()) {
      facts.addAll(ingested(datasets.get()));
    }
    Results results = Results.of(sweeps, facts);
    if (results.trials().isEmpty()) {
      List<String> located = located(datasets);
      throw new ReportException(
          "Cannot find a trial to report on: "
              + (located.isEmpty()
                  ? "the plans of " + folders + " are empty"
                  : String.join("; ", located)));
    }
    List<Comparison> comparisons = Comparisons.of(results);
    PredictionsScan.Found found = PredictionsScan.read(spark, rows(comparisons, results));
    found
        .faults()
        .forEach((place, faults) -> faults.forEach(sources.get(place.base()).input()::note));
    located(datasets)
        .forEach(fault -> LOG.warn("The report leaves out what it cannot read: {}", fault));
    return new Read(results.with(found.rows()), comparisons, faults(datasets));
  }

  private static ReportSource source(InputFolder input) throws IOException {
    Optional<ReportSource> sweep = SweepReader.open(input);
    Optional<ReportSource> source = sweep.isPresent() ? sweep : SingleRun.open(input);
    return source.orElseThrow(
        () ->
            new ReportException(
                "Cannot find plan.json or result.json in "
                    + input.folder()
                    + ": name the folder of a sweep or of a run that finegrain has written"));
  }

  private List<Sweep> sweeps() {
    List<RunPlace> places = new ArrayList<>();
    sources.values().forEach(source -> places.addAll(source.runs()));
    Map<RunPlace, RunContent> contents = RunScan.read(spark, places);
    return sources.values().stream().map(source -> source.sweep(contents)).toList();
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

  private List<String> faults(Optional<InputFolder> datasets) {
    List<String> faults = new ArrayList<>();
    for (ReportSource source : sources.values()) {
      source.input().faults().forEach(fault -> faults.add(source.label() + ": " + fault));
    }
    datasets.ifPresent(data -> data.faults().forEach(fault -> faults.add("data: " + fault)));
    return faults;
  }

  /** Returns the faults with the places of their folders. */
  private List<String> located(Optional<InputFolder> datasets) {
    List<String> located = new ArrayList<>();
    Stream.concat(sources.values().stream().map(ReportSource::input), datasets.stream())
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
