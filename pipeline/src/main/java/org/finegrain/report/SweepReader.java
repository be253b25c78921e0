package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.finegrain.storage.JsonFields;

/** Reads a sweep folder by its format, as specified in {@code docs/formats.md}. */
final class SweepReader {
  private static final String PLAN = "plan.json";
  private static final int PLAN_FORMAT = 2;
  private static final String DATASETS = "datasets.json";
  private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{12}");

  private final InputFolder input;

  private SweepReader(InputFolder input) {
    this.input = input;
  }

  /**
   * Reads a sweep. Its trials are in the order of the plan; it has none if the plan cannot be read.
   *
   * @throws ReportException if {@code input} is not a sweep folder
   */
  static Sweep read(InputFolder input) throws IOException {
    boolean planned = input.folder().exists(PLAN);
    if (!planned && !input.folder().exists("trials")) {
      throw new ReportException(
          "Cannot find plan.json in "
              + input.folder()
              + ": name a folder that finegrain sweep has written");
    }
    if (!planned) {
      input.note(PLAN, "it is missing");
    }
    Optional<Plan> plan = input.read(PLAN, 1, PLAN_FORMAT, SweepReader::plan);
    return plan.isPresent()
        ? new SweepReader(input).sweep(plan.get())
        : new Sweep(input.folder().name(), List.of(), List.of());
  }

  private record Plan(String name, SortedMap<String, String> base, List<PlannedTrial> trials) {}

  private record PlannedTrial(
      String id,
      String dataset,
      long seed,
      SortedMap<String, String> changes,
      Map<String, SortedMap<String, String>> spaces) {}

  private static Plan plan(JsonFields json) {
    List<PlannedTrial> trials = new ArrayList<>();
    for (JsonNode trial : json.array("trials")) {
      trials.add(planned(new JsonFields(trial)));
    }
    return new Plan(json.text("name"), json.object("base").texts(), trials);
  }

  private static PlannedTrial planned(JsonFields json) {
    String id = json.text("id");
    if (!RUN_ID.matcher(id).matches()) {
      throw new IllegalArgumentException("it has a trial whose id is not a run id");
    }
    return new PlannedTrial(
        id,
        json.text("dataset"),
        json.wholeNumber("seed"),
        json.object("changes").texts(),
        spaces(json));
  }

  /** Returns the spaces of a trial. A plan of the first version has the grid alone. */
  private static Map<String, SortedMap<String, String>> spaces(JsonFields trial) {
    Map<String, SortedMap<String, String>> spaces = new LinkedHashMap<>();
    if (!trial.has("spaces")) {
      spaces.put(Comparisons.GRID, new TreeMap<>());
      return spaces;
    }
    for (JsonNode node : trial.array("spaces")) {
      JsonFields membership = new JsonFields(node);
      spaces.put(membership.text("space"), membership.object("values").texts());
    }
    return spaces;
  }

  private Sweep sweep(Plan plan) throws IOException {
    Journal journal = Journal.read(input);
    List<DatasetFacts> datasets = input.read(DATASETS, SweepReader::facts).orElse(List.of());
    List<Trial> trials = new ArrayList<>();
    for (PlannedTrial trial : plan.trials()) {
      trials.add(trial(plan, trial, journal.newestLine(trial.id()), datasets));
    }
    return new Sweep(plan.name(), trials, datasets);
  }

  private static List<DatasetFacts> facts(JsonFields json) {
    List<DatasetFacts> facts = new ArrayList<>();
    json.array("datasets").forEach(dataset -> facts.add(DatasetFacts.of(dataset)));
    return facts;
  }

  private Trial trial(
      Plan plan, PlannedTrial planned, Optional<Journal.Line> line, List<DatasetFacts> datasets)
      throws IOException {
    SortedMap<String, String> settings = new TreeMap<>(plan.base());
    settings.putAll(planned.changes());
    settings.remove("dataset");
    settings.remove("seed");
    RunReader run = new RunReader(input, planned.id());
    Optional<RunReader.Result> result = run.result();
    TrialState state = line.map(Journal.Line::state).orElse(TrialState.PLANNED);
    Optional<String> message = line.flatMap(Journal.Line::message);
    if (result.isPresent()) {
      state = result.get().state();
      message = result.get().message();
    } else if (run.fault().isPresent()) {
      state = TrialState.UNREADABLE;
      message = run.fault();
    }
    if (state == TrialState.COMPLETED) {
      run.noteMissing();
    }
    return new Trial(
        planned.id(),
        plan.name(),
        planned.dataset(),
        result.map(RunReader.Result::fingerprint).orElse(fingerprint(planned.dataset(), datasets)),
        planned.seed(),
        settings,
        planned.spaces(),
        state,
        message,
        result.flatMap(RunReader.Result::test),
        result.map(RunReader.Result::outcome),
        run.epochs(),
        run.provenance());
  }

  private static String fingerprint(String dataset, List<DatasetFacts> datasets) {
    return datasets.stream()
        .filter(facts -> facts.name().equals(dataset))
        .map(DatasetFacts::fingerprint)
        .findFirst()
        .orElse("");
  }
}
