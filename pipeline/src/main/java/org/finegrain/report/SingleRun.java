package org.finegrain.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder of a run that no sweep has planned. Such runs make one comparison together, as the
 * grids of sweeps do.
 */
final class SingleRun implements ReportSource {
  private static final String SWEEP = "runs";
  private static final List<String> FILES =
      List.of("result.json", "config.conf", "provenance.json", "metrics.jsonl");

  private final InputFolder input;
  private final RunPlace place;

  private SingleRun(InputFolder input) {
    this.input = input;
    this.place = RunPlace.ofRun(input.folder().location(), input.folder().name());
  }

  /** Opens a run folder; empty if {@code input} is none. */
  static Optional<ReportSource> open(InputFolder input) throws IOException {
    for (String file : FILES) {
      if (input.folder().exists(file)) {
        return Optional.of(new SingleRun(input));
      }
    }
    return Optional.empty();
  }

  @Override
  public InputFolder input() {
    return input;
  }

  @Override
  public List<RunPlace> runs() {
    return List.of(place);
  }

  @Override
  public String label() {
    return place.id();
  }

  @Override
  public Sweep sweep(Map<RunPlace, RunContent> contents) {
    RunContent content = contents.get(place);
    content.faults().forEach(input::note);
    List<Trial> trials =
        content.settings().map(settings -> trial(settings, content)).stream().toList();
    return new Sweep(SWEEP, trials, List.of());
  }

  private Trial trial(RunSettings settings, RunContent content) {
    Optional<RunReader.Result> result = content.result();
    TrialState state =
        result
            .map(RunReader.Result::state)
            .orElse(
                content.resultFault().isPresent() ? TrialState.UNREADABLE : unfinished(content));
    Optional<String> message =
        result.isPresent()
            ? result.get().message()
            : content.resultFault().or(() -> lastOutcome(content));
    return new Trial(
        place,
        SWEEP,
        settings.dataset(),
        result
            .map(RunReader.Result::fingerprint)
            .orElse(content.provenance().getOrDefault("data-fingerprint", "")),
        settings.seed(),
        settings.settings(),
        Map.of(Comparisons.GRID, new TreeMap<>()),
        state,
        message,
        result.flatMap(RunReader.Result::test),
        result.map(RunReader.Result::outcome),
        content.epochs(),
        content.provenance());
  }

  private static TrialState unfinished(RunContent content) {
    return lastOutcome(content).filter(outcome -> outcome.startsWith("failed")).isPresent()
        ? TrialState.FAILED
        : TrialState.UNFINISHED;
  }

  /** Returns how the last attempt at the run ended; empty if it was killed or runs. */
  private static Optional<String> lastOutcome(RunContent content) {
    return Optional.ofNullable(content.provenance().get("outcome"));
  }
}
