package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.finegrain.bigdl.TrainingState;
import org.finegrain.environment.Build;

/**
 * All that a run needs to go on as if it had not stopped. Layout: {@code docs/formats.md}.
 *
 * @param run what the state belongs to
 * @param bestEpoch selected on validation so far, this epoch included
 * @param bestTop1 its accuracy on validation; NaN without a validation split
 * @param epochsWithoutGain completed since top-1 on validation last rose
 */
record Checkpoint(
    TrainingState state, RunKey run, int bestEpoch, double bestTop1, int epochsWithoutGain) {
  int epoch() {
    return state.epoch();
  }

  /** {@code state.json}, but for the checksums. */
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
    return json;
  }
}
