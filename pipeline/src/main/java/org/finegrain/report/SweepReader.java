package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.finegrain.storage.Folder;

/**
 * Reads a sweep folder by its format, as specified in {@code docs/formats.md}. A file that cannot
 * be read is named in {@link Sweep#faults}, and costs what it holds and nothing else.
 */
final class SweepReader {
  private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{12}");

  private final Folder folder;
  private final List<Fault> faults = new ArrayList<>();

  private SweepReader(Folder folder) {
    this.folder = folder;
  }

  /**
   * Returns the trials of a sweep in the order of its plan; none where the plan cannot be read.
   *
   * @throws ReportException if {@code folder} is no sweep folder
   */
  static Sweep read(Folder folder) throws IOException {
    if (!folder.exists("plan.json") && !folder.exists("trials")) {
      throw new ReportException(
          "Cannot find plan.json in " + folder + ": name the folder that finegrain sweep wrote");
    }
    return new SweepReader(folder).sweep();
  }

  private Sweep sweep() throws IOException {
    JsonNode plan;
    List<PlannedTrial> planned;
    try {
      if (!folder.exists("plan.json")) {
        throw new UnreadableException("plan.json", "is missing");
      }
      plan = Document.read(folder, "plan.json");
      planned = planned(plan);
    } catch (UnreadableException e) {
      note(e);
      return new Sweep(folder.name(), new TreeMap<>(), List.of(), List.of(), faults);
    }
    String name = plan.path("name").asText(folder.name());
    SortedMap<String, String> base = Document.texts(plan.path("base"));
    Journal journal = Journal.read(folder, this::note);
    List<DatasetFacts> datasets = orNoted(this::datasets, List.of());
    List<Trial> trials = new ArrayList<>();
    for (PlannedTrial trial : planned) {
      trials.add(trial(name, base, trial, journal.line(trial.id()), datasets));
    }
    return new Sweep(name, axes(plan), trials, datasets, faults);
  }

  private record PlannedTrial(
      String id, String dataset, long seed, SortedMap<String, String> changes) {}

  private static List<PlannedTrial> planned(JsonNode plan) throws UnreadableException {
    List<PlannedTrial> trials = new ArrayList<>();
    for (JsonNode json : plan.path("trials")) {
      String id = json.path("id").asText();
      String dataset = json.path("dataset").asText();
      if (!RUN_ID.matcher(id).matches()
          || dataset.isBlank()
          || !json.path("seed").isIntegralNumber()) {
        throw new UnreadableException(
            "plan.json", "is damaged: trial " + (trials.size() + 1) + " lacks id, dataset or seed");
      }
      trials.add(
          new PlannedTrial(
              id, dataset, json.path("seed").asLong(), Document.texts(json.path("changes"))));
    }
    return trials;
  }

  private static SortedMap<String, List<String>> axes(JsonNode plan) {
    SortedMap<String, List<String>> axes = new TreeMap<>();
    plan.path("axes")
        .fields()
        .forEachRemaining(
            axis -> {
              List<String> values = new ArrayList<>();
              axis.getValue().forEach(value -> values.add(value.asText()));
              axes.put(axis.getKey(), values);
            });
    return axes;
  }

  private Trial trial(
      String sweep,
      SortedMap<String, String> base,
      PlannedTrial planned,
      Optional<Journal.Line> line,
      List<DatasetFacts> datasets)
      throws IOException {
    SortedMap<String, String> settings = new TreeMap<>(base);
    settings.putAll(planned.changes());
    settings.remove("dataset");
    settings.remove("seed");
    TrialState state = line.map(Journal.Line::state).orElse(TrialState.PLANNED);
    Optional<String> message = line.flatMap(Journal.Line::message);
    RunReader run = new RunReader(folder, planned.id());
    Optional<RunReader.Result> result = Optional.empty();
    try {
      result = run.result();
      if (result.isPresent()) {
        state = result.get().state();
        message = result.get().message();
      }
    } catch (UnreadableException e) {
      note(e);
      state = TrialState.UNREADABLE;
      message = Optional.of(e.getMessage());
    }
    if (state == TrialState.COMPLETED) {
      faults.addAll(run.missing());
    }
    return new Trial(
        planned.id(),
        sweep,
        planned.dataset(),
        result.map(RunReader.Result::fingerprint).orElse(fingerprint(planned.dataset(), datasets)),
        planned.seed(),
        settings,
        state,
        message,
        result.flatMap(RunReader.Result::test),
        result.map(RunReader.Result::outcome),
        orNoted(run::epochs, List.of()),
        orNoted(run::provenance, new TreeMap<>()));
  }

  private static String fingerprint(String dataset, List<DatasetFacts> datasets) {
    return datasets.stream()
        .filter(facts -> facts.name().equals(dataset))
        .map(DatasetFacts::fingerprint)
        .findFirst()
        .orElse("");
  }

  private List<DatasetFacts> datasets() throws IOException, UnreadableException {
    List<DatasetFacts> facts = new ArrayList<>();
    if (folder.exists("datasets.json")) {
      Document.read(folder, "datasets.json")
          .path("datasets")
          .forEach(json -> facts.add(DatasetFacts.of(json)));
    }
    return facts;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException, UnreadableException;
  }

  private <T> T orNoted(Reading<T> reading, T otherwise) throws IOException {
    try {
      return reading.read();
    } catch (UnreadableException e) {
      note(e);
      return otherwise;
    }
  }

  private void note(UnreadableException e) {
    faults.add(e.fault());
  }
}
