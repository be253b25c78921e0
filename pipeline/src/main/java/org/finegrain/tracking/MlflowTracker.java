package org.finegrain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.environment.Interruption;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTracker;
import org.finegrain.train.Scores;
import org.finegrain.train.TrackedRun;

/**
 * Shows runs on an MLflow server. A run that goes on continues its run there, which is found by its
 * id, its data and its number of replicas. All that the server is asked is done by the thread of an
 * {@link Outbox}.
 */
final class MlflowTracker implements RunTracker {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A process that a signal ends has little time left. */
  private static final Duration PATIENCE_AFTER_A_SIGNAL = Duration.ofSeconds(2);

  private static final String PARENT = "mlflow.parentRunId";

  private final MlflowExperiment experiment;
  private final Optional<TrackedSweep> sweep;
  private final Outbox outbox;

  // Used by the outbox's thread alone.
  private final Map<String, MlflowRun> begun = new HashMap<>();
  private Optional<MlflowRun> parent = Optional.empty();

  /**
   * Makes a tracker.
   *
   * @param sweep the sweep that the runs belong to; empty for a run of its own
   */
  MlflowTracker(MlflowExperiment experiment, Optional<TrackedSweep> sweep) {
    this.experiment = experiment;
    this.sweep = sweep;
    this.outbox = new Outbox(experiment.server().address());
  }

  @Override
  public void attemptBegan(TrackedRun run) {
    outbox.add(() -> begin(run));
  }

  @Override
  public void epochEnded(TrackedRun run, int epoch, SortedMap<String, Double> metrics) {
    Instant now = Instant.now();
    SortedMap<String, Double> values = new TreeMap<>(metrics);
    values.remove("epoch"); // it is the step of the others
    outbox.add(() -> of(run, it -> it.metrics(values, epoch, now)));
  }

  @Override
  public void attemptEnded(TrackedRun run, String outcome, Optional<RunResult> result) {
    Instant now = Instant.now();
    String state = outcome.replaceFirst(":.*", "").strip();
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("finegrain.state", state);
    tags.put("finegrain.outcome", outcome);
    outbox.add(
        () ->
            of(
                run,
                it -> {
                  if (result.isPresent()) {
                    int epoch = result.get().length().bestEpoch().orElse(0);
                    it.metrics(finalMetrics(result.get()), epoch, now);
                  }
                  it.tags(tags);
                  it.status(status(state), Optional.of(now));
                }));
  }

  @Override
  public void close() {
    Instant now = Instant.now();
    outbox.add(
        () -> {
          if (parent.isPresent()) {
            parent.get().status("FINISHED", Optional.of(now));
          }
        });
    outbox.close(Interruption.isRequested() ? PATIENCE_AFTER_A_SIGNAL : PATIENCE);
  }

  private void begin(TrackedRun run) throws MlflowException, InterruptedException {
    String id = run.key().runId();
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("finegrain.run-id", id);
    identity.put("finegrain.data-fingerprint", run.key().dataFingerprint());
    identity.put("finegrain.replicas", Integer.toString(run.key().replicas()));
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("finegrain.state", "running");
    tags.put("finegrain.kind", sweep.isPresent() ? "trial" : "run");
    tags.put("finegrain.dataset", run.config().dataset());
    tags.put("finegrain.run-folder", run.folder());
    tags.put("finegrain.code-version", run.circumstances().getOrDefault("code-version", ""));
    tags.put("finegrain.host", run.circumstances().getOrDefault("driver-host", ""));
    String name = id;
    if (sweep.isPresent()) {
      TrackedSweep named = sweep.get();
      if (parent.isEmpty()) {
        parent = Optional.of(experiment.sweep(named.name()));
        parent.get().status("RUNNING", Optional.empty());
      }
      tags.put(PARENT, parent.get().id());
      tags.put("finegrain.sweep", named.name());
      tags.put("finegrain.space", named.spaces().getOrDefault(id, ""));
      name = named.labels().getOrDefault(id, id);
    }
    MlflowRun mlflow = experiment.run(name, identity, tags);
    mlflow.parameters(run.config().identity());
    mlflow.status("RUNNING", Optional.empty());
    begun.put(id, mlflow);
  }

  /** A change of a run on the server. */
  private interface Change {
    void make(MlflowRun run) throws MlflowException, InterruptedException;
  }

  private void of(TrackedRun run, Change change) throws MlflowException, InterruptedException {
    MlflowRun mlflow = begun.get(run.key().runId());
    if (mlflow == null) {
      throw MlflowException.unfit("run " + run.key().runId() + " was refused");
    }
    change.make(mlflow);
  }

  private static SortedMap<String, Double> finalMetrics(RunResult result) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    result.test().ifPresent(scores -> put(scores, "test-", metrics));
    result.val().ifPresent(scores -> put(scores, "selected-val-", metrics));
    result.length().bestEpoch().ifPresent(epoch -> metrics.put("best-epoch", (double) epoch));
    metrics.put("run-seconds", result.speed().seconds());
    metrics.put("parameters", (double) result.network().parameters());
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private static void put(Scores scores, String prefix, SortedMap<String, Double> metrics) {
    metrics.put(prefix + "samples", (double) scores.samples());
    metrics.put(prefix + "loss", scores.loss());
    metrics.put(prefix + "top1", scores.top1());
    metrics.put(prefix + "top5", scores.top5());
    metrics.put(prefix + "mean-class-accuracy", scores.meanClassAccuracy());
    metrics.put(prefix + "calibration-error", scores.calibrationError());
  }

  /** Returns MLflow's status for a state of finegrain. */
  private static String status(String state) {
    return switch (state) {
      case "completed" -> "FINISHED";
      case "paused", "interrupted" -> "KILLED";
      default -> "FAILED";
    };
  }
}
