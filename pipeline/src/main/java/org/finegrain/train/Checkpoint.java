package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.finegrain.engine.EpochSoFar;
import org.finegrain.engine.TrainingState;
import org.finegrain.environment.Build;

/**
 * The state of a run from which it can go on as if it had not stopped. Layout: {@code
 * docs/formats.md}.
 *
 * @param state the state of the training
 * @param run the run that the state belongs to
 * @param bestEpoch the epoch selected on validation so far, this one included; 0 if no epoch is
 *     completed
 * @param bestTop1 its top-1 on validation; NaN without a validation split
 * @param epochsWithoutGain the epochs completed since top-1 on validation last rose
 * @param time the time spent so far on the epoch that is not completed
 * @param epochs the metrics of all completed epochs; empty in a checkpoint of an earlier version
 */
record Checkpoint(
    TrainingState state,
    RunKey run,
    int bestEpoch,
    double bestTop1,
    int epochsWithoutGain,
    EpochTime time,
    List<EpochMetrics> epochs) {
  /** Returns the number of completed epochs. */
  int epoch() {
    return state.epoch();
  }

  /** Returns whether its step fits its number of completed epochs. */
  boolean isPossible(int stepsPerEpoch) {
    long within = state.step() - (long) state.epoch() * stepsPerEpoch;
    return state.soFar().isPresent() ? within > 0 && within < stepsPerEpoch : within == 0;
  }

  CheckpointName name() {
    return CheckpointName.of(state);
  }

  /** Returns the content of {@code state.json}, without the checksums. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("format", 1);
    json.put("epoch", state.epoch());
    json.put("step", state.step());
    run.putInto(json);
    json.put("best-epoch", bestEpoch);
    json.set("best-top1", Json.number(bestTop1));
    json.put("epochs-without-gain", epochsWithoutGain);
    json.put("code-version", Build.current().codeVersion());
    state.soFar().ifPresent(it -> put(it, json.putObject("so-far")));
    ArrayNode history = json.putArray("epochs");
    epochs.forEach(it -> history.add(it.json()));
    return json;
  }

  private void put(EpochSoFar soFar, ObjectNode json) {
    json.put("loss", soFar.loss());
    ArrayNode replicas = json.putArray("losses");
    for (List<Double> terms : soFar.terms()) {
      terms.forEach(replicas.addArray()::add);
    }
    time.putInto(json);
  }
}
