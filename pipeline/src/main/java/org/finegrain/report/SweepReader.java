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
import org.finegrain.storage.JsonFields;

/** Reads a sweep folder by its format, as specified in {@code docs/formats.md}. */
final class SweepReader implements ReportSource {
  private static final String PLAN = "plan.json";
  private static final int PLAN_FORMAT = 2;
  private static final String DATASETS = "datasets.json";

  private final InputFolder input;
  private final Plan plan;
  private final Journal journal;
  private final List<DatasetFacts> datasets;

  private SweepReader(InputFolder input, Plan plan, Journal journal, List<DatasetFacts> datasets) {
    this.input = input;
    this.plan = plan;
    this.journal = journal;
    this.datasets = datasets;
  }

  /**
   * Reads what a sweep folder holds beside its run folders; empty if {@code input} is none. The
   * sweep has no trials if its plan cannot be read.
   */
  static Optional<ReportSource> open(InputFolder input) throws IOException {
    boolean planned = input.folder().exists(PLAN);
    if (!planned && !input.folder().exists("trials")) {
      return Optional.empty();
    }
    if (!planned) {
      input.note(PLAN, "it is missing");
    }
    Optional<Plan> plan = input.read(PLAN, 1, PLAN_FORMAT, SweepReader::plan);
    if (plan.isEmpty()) {
      Plan none = new Plan(input.folder().name(), new TreeMap<>(), List.of(), Map.of());
      return Optional.of(new SweepReader(input, none, new Journal(Map.of()), List.of()));
    }
    Journal journal = Journal.read(input);
    List<DatasetFacts> datasets = input.read(DATASETS, SweepReader::facts).orElse(List.of());
    return Optional.of(new SweepReader(input, plan.get(), journal, datasets));
  }

  private record Plan(
      String name,
      SortedMap<String, String> base,
      List<PlannedTrial> trials,
      Map<String, Map<String, List<String>>> axes) {}

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
    return new Plan(json.text("name"), json.object("base").texts(), trials, axes(json));
  }

  /** Returns the values of each axis of each space; a plan of the first version lists none. */
  private static Map<String, Map<String, List<String>>> axes(JsonFields plan) {
    Map<String, Map<String, List<String>>> axes = new LinkedHashMap<>();
    for (JsonNode space : plan.json().path("spaces")) {
      Map<String, List<String>> ofSpace = new LinkedHashMap<>();
      space
          .path("axes")
          .fields()
          .forEachRemaining(
              axis -> {
                List<String> values = new ArrayList<>();
                axis.getValue().forEach(value -> values.add(value.asText()));
                ofSpace.put(axis.getKey(), values);
              });
      axes.put(space.path("name").asText(), ofSpace);
    }
    return axes;
  }

  private static PlannedTrial planned(JsonFields json) {
    String id = json.text("id");
    if (!RunPlace.RUN_ID.matcher(id).matches()) {
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

  @Override
  public InputFolder input() {
    return input;
  }

  @Override
  public String label() {
    return plan.name();
  }

  /** Returns the places of the run folders of all trials, in the order of the plan. */
  @Override
  public List<RunPlace> runs() {
    return plan.trials().stream().map(this::place).toList();
  }

  private RunPlace place(PlannedTrial trial) {
    return RunPlace.ofTrial(input.folder().location(), trial.id());
  }

  /** Returns the sweep with its trials in the order of the plan. */
  @Override
  public Sweep sweep(Map<RunPlace, RunContent> contents) {
    List<Trial> trials = new ArrayList<>();
    for (PlannedTrial trial : plan.trials()) {
      RunContent content = contents.get(place(trial));
      content.faults().forEach(input::note);
      trials.add(trial(trial, content));
    }
    return new Sweep(plan.name(), trials, datasets, plan.axes());
  }

  private static List<DatasetFacts> facts(JsonFields json) {
    List<DatasetFacts> facts = new ArrayList<>();
    json.array("datasets").forEach(dataset -> facts.add(DatasetFacts.of(dataset)));
    return facts;
  }

  private Trial trial(PlannedTrial planned, RunContent run) {
    SortedMap<String, String> settings = new TreeMap<>(plan.base());
    settings.putAll(planned.changes());
    settings.remove("dataset");
    settings.remove("seed");
    Optional<Journal.Line> line = journal.newestLine(planned.id());
    Optional<RunReader.Result> result = run.result();
    TrialState state = line.map(Journal.Line::state).orElse(TrialState.PLANNED);
    Optional<String> message = line.flatMap(Journal.Line::message);
    if (result.isPresent()) {
      state = result.get().state();
      message = result.get().message();
    } else if (run.resultFault().isPresent()) {
      state = TrialState.UNREADABLE;
      message = run.resultFault();
    }
    return new Trial(
        place(planned),
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
